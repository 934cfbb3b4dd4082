import { sessionCookieName } from '../http/cookies/session-token.ts'
import { positionHeader } from '../http/positions.ts'
import type { Route } from '../http/route.ts'
import { operationOf } from './operation.ts'
import { problemSchema } from './problem-schema.ts'

const positionSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{48}$' }

const pathOf = (url: string) => url.replaceAll(/:([A-Za-z]+)/g, '{$1}')

export type OpenApiDocument = {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string; readonly license: object }
  /** Where the paths begin, for an app that embeds Gatebook. */
  readonly servers?: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, ReturnType<typeof operationOf>>>>>
  readonly components: object
}

export function openApiDocument(routes: readonly Route[], server?: string): OpenApiDocument {
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
      version: '1',
      description:
        'Event-sourced login. Errors are RFC 9457 problems with constant texts that repeat nothing from the request. Input that is not an HTTP request gets MALFORMED_REQUEST (400), REQUEST_TIMEOUT (408) or HEADERS_TOO_LARGE (431).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    ...(server === undefined ? {} : { servers: [{ url: server }] }),
    paths,
    components: {
      schemas: { Problem: problemSchema },
      parameters: {
        Position: {
          name: positionHeader,
          in: 'header',
          required: false,
          description:
            'A position from an earlier response of any node of a cluster. The response waits for the read models to reach it, or is STALE_READ_MODEL if that takes too long. Read only with a session, and not at all without a cluster.',
          schema: positionSchema,
        },
      },
      headers: {
        Position: {
          description: 'The sealed position in the log that the request has written, if any. Sent by nodes of a cluster only.',
          schema: positionSchema,
        },
      },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: sessionCookieName },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

export function documentedCalls({ paths }: Pick<OpenApiDocument, 'paths'>): readonly { readonly method: string; readonly url: string }[] {
  return Object.entries(paths).flatMap(([path, calls]) =>
    Object.keys(calls).map((method) => ({ method: method.toUpperCase(), url: path.replaceAll(/\{([A-Za-z]+)\}/g, ':$1') })),
  )
}
