import { positionHeader } from '../http/positions.ts'
import type { Route } from '../http/route.ts'
import { sessionCookieName } from '../http/session-token.ts'
import { operationOf } from './operation.ts'
import { problemSchema } from './problem-schema.ts'

const positionSchema = { type: 'string', pattern: '^[0-9]{1,16}$' }

const pathOf = (url: string) => url.replaceAll(/:([A-Za-z]+)/g, '{$1}')

export type OpenApiDocument = {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string; readonly license: object }
  readonly paths: Readonly<Record<string, Readonly<Record<string, ReturnType<typeof operationOf>>>>>
  readonly components: object
}

/** OpenAPI 3.1, made from the values that are registered: there is no second description. */
export function openApiDocument(routes: readonly Route[], version = '1'): OpenApiDocument {
  const paths: Record<string, Record<string, ReturnType<typeof operationOf>>> = {}
  for (const route of routes) {
    const path = pathOf(route.url)
    const calls = paths[path] ?? {}
    calls[route.method.toLowerCase()] = operationOf(route)
    paths[path] = calls
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatebook',
      version,
      description:
        'Log-in as a log of events. Errors are RFC 9457 problems; texts are constant and repeat nothing that was sent. What never becomes a call is answered MALFORMED_REQUEST (400), REQUEST_TIMEOUT (408) or HEADERS_TOO_LARGE (431).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      parameters: {
        Position: {
          name: positionHeader,
          in: 'header',
          required: false,
          description:
            'A position that a call was answered with, on whichever node: this one answers when its read models have seen it, or STALE_READ_MODEL when that takes too long.',
          schema: positionSchema,
        },
      },
      headers: {
        Position: { description: 'Where in the log the call has written, if it has.', schema: positionSchema },
      },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: sessionCookieName },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

/** Method and route pattern of each call in the document, as Fastify spells them. */
export function documentedCalls({ paths }: Pick<OpenApiDocument, 'paths'>): readonly { readonly method: string; readonly url: string }[] {
  return Object.entries(paths).flatMap(([path, calls]) =>
    Object.keys(calls).map((method) => ({ method: method.toUpperCase(), url: path.replaceAll(/\{([A-Za-z]+)\}/g, ':$1') })),
  )
}
