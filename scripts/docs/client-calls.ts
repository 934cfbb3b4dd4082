import { isLeft } from 'fp-ts/lib/Either.js'
import pino from 'pino'
import type { RegistrationFields } from '../../api/accounts/profile.ts'
import type { JsonSchema } from '../../api/codecs/json-schema.ts'
import { type OpenApiDocument, openApiDocument } from '../../api/openapi/document.ts'
import { openCore } from '../../composition/open-core.ts'
import { wireApi } from '../../composition/wire-api.ts'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'

type Operation = OpenApiDocument['paths'][string][string]
type Schema = JsonSchema & { readonly [key: string]: unknown }

const property = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
const union = (types: readonly string[]) => [...new Set(types)].join(' | ') || 'never'

const objectType = ({ properties, required = [], additionalProperties }: Schema): string => {
  if (properties === undefined) return `{ readonly [name: string]: ${typeOf((additionalProperties ?? {}) as Schema)} }`
  const fields = Object.entries(properties as Record<string, Schema>).map(
    ([name, schema]) => `readonly ${property(name)}${(required as readonly string[]).includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join('; ')} }`
}

const simpleTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  null: 'null',
}

const typeOf = (schema: Schema): string => {
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map((word) => JSON.stringify(word)))
  if (Array.isArray(schema.anyOf)) return union((schema.anyOf as Schema[]).map(typeOf))
  if (Array.isArray(schema.allOf)) return (schema.allOf as Schema[]).map((one) => `(${typeOf(one)})`).join(' & ')
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => typeOf({ ...schema, type })))
  if (schema.type === 'array') return `readonly (${typeOf(schema.items as Schema)})[]`
  if (schema.type === 'object') return objectType(schema)
  return simpleTypes[schema.type as string] ?? 'unknown'
}

const parametersIn = (place: 'path' | 'query', operation: Operation) => {
  const parameters = (operation.parameters ?? []).flatMap((parameter) => ('in' in parameter && parameter.in === place ? [parameter] : []))
  if (parameters.length === 0) return []
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]))
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name)
  const name = place === 'path' ? 'params' : 'query'
  return [`${name}${required.length === 0 ? '?' : ''}: ${objectType({ properties, required } as unknown as Schema)}`]
}

const answers = (operation: Operation) =>
  Object.entries(operation.responses)
    .filter(([status]) => Number(status) < 300)
    .map(([, { content }]) => {
      if (content === undefined) return 'undefined'
      const [mediaType, media] = Object.entries(content)[0] ?? []
      return mediaType === 'application/json' ? typeOf(media?.schema as Schema) : 'string'
    })

const problemCodes = (operation: Operation) =>
  Object.values(operation.responses).flatMap(({ content }) => {
    const schema = content?.['application/problem+json']?.schema as unknown as {
      allOf: [unknown, { properties: { code: { enum: string[] } } }]
    }
    return schema?.allOf[1].properties.code.enum ?? []
  })

const call = (path: string, method: string, operation: Operation) => {
  const body = operation.requestBody?.content['application/json']?.schema
  const input = [
    ...parametersIn('path', operation),
    ...parametersIn('query', operation),
    ...(body === undefined ? [] : [`body: ${typeOf(body as Schema)}`]),
  ]
  return `  /** ${operation.summary} */
  '${method.toUpperCase()} ${path.replace('/api/1', '')}': {
    readonly input: ${input.length === 0 ? 'Record<never, never>' : `{ readonly ${input.join('; readonly ')} }`}
    readonly answer: ${union(answers(operation))}
    readonly problem: ${union(problemCodes(operation).map((code) => JSON.stringify(code)))}
  }`
}

const inPieces = ['text/event-stream', 'application/x-ndjson']

/** They are read with `EventSource` or piece by piece, or are a WebSocket. */
const isStream = ({ responses }: Operation) =>
  '101' in responses || Object.values(responses).some(({ content }) => inPieces.some((type) => content?.[type] !== undefined))

/** They are called with `fetch`: the client sends and reads JSON. */
const isBytes = ({ requestBody, responses }: Operation) =>
  [requestBody, ...Object.values(responses)].some((part) => part?.content?.['application/octet-stream'] !== undefined)

/** An app that embeds Gatebook may ask for anything. */
const anything: RegistrationFields = { '~standard': { version: 1, validate: (value) => ({ value }) } }

const document = async () => {
  const values = readConfig({
    EVENT_STORE: 'memory',
    NODE_ENV: 'development',
    SECOND_FACTOR_ROLES: '*',
    ARGON2_MEMORY_KIB: '8',
    ARGON2_TIME: '1',
  })
  if (isLeft(values)) throw new Error('the configuration of the generator is wrong')
  const opened = await openCore(values.right)
  if (isLeft(opened)) throw new Error('the memory store did not open')
  const { options } = wireApi(opened.right, values.right, {
    logger: pino({ level: 'silent' }),
    demonstration: true,
    registrationFields: anything,
  })
  await opened.right.close()
  return openApiDocument(options.routes)
}

/** `web/client/calls.ts`: what each call of the API takes, answers and refuses with, as types without an import. */
export async function clientCalls() {
  const { paths } = await document()
  const calls = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/1/'))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
    .filter(({ operation }) => !isStream(operation) && !isBytes(operation))
    .map(({ path, method, operation }) => call(path, method, operation))
  return `// Made from the codecs of the routes by \`npm run docs\`; do not edit.

/** By method and path below \`/api/1\`. Times are ISO 8601 texts. */
export type Calls = {
${calls.join('\n')}
}
`
}
