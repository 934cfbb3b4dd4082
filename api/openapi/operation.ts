import type * as t from 'io-ts'
import type { JsonSchema } from '../codecs/json-schema.ts'
import { octetStream } from '../codecs/media-type.ts'
import { noBody } from '../codecs/primitives.ts'
import { positionHeader } from '../http/positions.ts'
import { isMedia, type Route, takesBytes } from '../http/route.ts'
import { type ProblemCode, problemMediaType, problems } from '../problems.ts'
import { isUnderTheApi } from '../protection/request-checks.ts'
import { schemaOf } from './schema-of.ts'

type Parameter = { readonly name: string; readonly in: 'path' | 'query'; readonly required: boolean; readonly schema: JsonSchema }
type Reference = { readonly $ref: string }
type Response = {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
  readonly headers?: Readonly<Record<string, Reference>>
}

const parametersOf = (codec: t.Any, place: 'path' | 'query'): readonly Parameter[] => {
  const { properties = {}, required = [] } = schemaOf(codec) as { properties?: Record<string, JsonSchema>; required?: readonly string[] }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: place, required: required.includes(name), schema }))
}

const askedPosition = { $ref: '#/components/parameters/Position' }
const answeredPosition = { [positionHeader]: { $ref: '#/components/headers/Position' } }

const needsSession = (route: Route) =>
  isUnderTheApi(route.url) && route.guards.some((guard) => guard.problems?.includes('SESSION_REQUIRED'))

const parameters = (route: Route): readonly (Parameter | Reference)[] => [
  ...parametersOf(route.params, 'path'),
  ...parametersOf(route.query, 'query'),
  ...(needsSession(route) ? [askedPosition] : []),
]

const problemsOf = (route: Route): readonly ProblemCode[] => {
  const may = new Set<ProblemCode>([
    'INTERNAL',
    'VALIDATION_FAILED',
    ...route.problems,
    ...route.guards.flatMap((guard) => guard.problems ?? []),
  ])
  if (isUnderTheApi(route.url)) may.add('ORIGIN_REJECTED')
  if (route.limit !== 'none') may.add('RATE_LIMITED')
  if (route.limit === 'password') may.add('ADDRESS_BLOCKED')
  if (route.method !== 'GET')
    for (const code of ['MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) may.add(code)
  return (Object.keys(problems) as ProblemCode[]).filter((code) => may.has(code))
}

const problemResponses = (route: Route): Record<string, Response> => {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status)
  const schema = (codes: readonly ProblemCode[]) => ({
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
  })
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `${code}: ${problems[code].title}`).join('. '),
        content: { [problemMediaType]: { schema: schema(codes) } },
      },
    ]),
  )
}

const answerOf = (status: string, answer: Route['responses'][200]): Response => {
  if (status === '101') return { description: 'Switching protocols: the socket is open' }
  if (status === '302') return { description: 'A page where the person can go on' }
  if (status === '304') return { description: 'Not modified' }
  if (answer === null || answer === undefined) return { description: 'Done' }
  if (!isMedia(answer)) return { description: 'Done', content: { 'application/json': { schema: schemaOf(answer) } } }
  const [mediaType = answer.mediaType] = answer.mediaType.split(';')
  if (answer.shape !== undefined) return { description: 'Done', content: { [mediaType]: { schema: schemaOf(answer.shape) } } }
  return { description: 'Done', content: { [mediaType]: { schema: mediaType === 'application/json' ? {} : { type: 'string' } } } }
}

/** A 202 must not reveal what was written. */
const namesPosition = (route: Route, status: string) =>
  isUnderTheApi(route.url) && route.method !== 'GET' && status !== '202' ? { headers: answeredPosition } : {}

const mediaTypeOf = ({ body }: Route) => (takesBytes(body) ? octetStream : 'application/json')

export function operationOf(route: Route) {
  return {
    operationId: `${route.method.toLowerCase()}${route.url.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_all, next?: string) => (next ?? '').toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === '' ? {} : { description: route.description }),
    ...(parameters(route).length > 0 ? { parameters: parameters(route) } : {}),
    ...(route.body === noBody
      ? {}
      : { requestBody: { required: true, content: { [mediaTypeOf(route)]: { schema: schemaOf(route.body) } } } }),
    ...(needsSession(route) ? { security: [{ cookie: [] }, { bearer: [] }] } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, answer]) => [
          status,
          { ...answerOf(status, answer), ...namesPosition(route, status) },
        ]),
      ),
      ...problemResponses(route),
    } as Record<string, Response>,
  }
}
