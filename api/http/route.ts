import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type * as t from 'io-ts'
import { noBody } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { ProblemAnswer, ProblemCode } from '../problems.ts'
import type { RawSocket } from '../sockets/raw-socket.ts'

/** Synchronous, because it runs for every guarded request. */
export type Check = (request: FastifyRequest) => ProblemAnswer | undefined

export type Guard = Check & { readonly problems?: readonly ProblemCode[] }

/** `shape`: of what is sent in pieces, for those who read the description. */
export type Media = { readonly mediaType: string; readonly shape?: t.Any }

export function isMedia(answer: t.Any | Media): answer is Media {
  return 'mediaType' in answer
}

/** What a body of `application/octet-stream` is decoded with. `most`: bytes. */
export type BytesBody = t.Type<Uint8Array, Uint8Array, unknown> & { readonly most: number }

export function takesBytes(body: t.Any): body is BytesBody {
  return 'most' in body
}

/** By status; `null` without a body. */
export type Responses = { readonly [S in 101 | 200 | 201 | 202 | 204 | 302 | 304]?: t.Any | Media | null }

type Extras = { readonly cookie?: string | readonly string[]; readonly headers?: Readonly<Record<string, string>> }

export type Outcome<A extends Responses> =
  | ({
      [S in keyof A]: A[S] extends t.Any
        ? { readonly status: S; readonly body: t.TypeOf<A[S]> }
        : A[S] extends Media
          ? { readonly status: S; readonly body: string | Uint8Array | Readable }
          : { readonly status: S }
    }[keyof A] &
      Extras)
  | ProblemAnswer

/**
 * Which rate limits apply; `password` counts against `general` too, and a document is large. `chain` and `blob`: what anybody may look up about somebody. `session` and `verification` are lifted for
 * back ends with a token of their own; a verification is asked for with each request to another service.
 */
export type Limit = 'none' | 'general' | 'password' | 'document' | 'chain' | 'blob' | 'session' | 'verification'

/** `by_transport`: sets a cookie unless the body says `"transport": "bearer"`. */
export type CookieUse = 'none' | 'by_transport'

export type Input<Body extends t.Any, Query extends t.Any, Params extends t.Any> = {
  readonly body: t.TypeOf<Body>
  readonly query: t.TypeOf<Query>
  readonly params: t.TypeOf<Params>
}

type Description<A, Body, Query, Params> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly body?: Body
  readonly query?: Query
  readonly params?: Params
  readonly responses: A
  readonly guards?: readonly Guard[]
  readonly problems?: readonly ProblemCode[]
  readonly limit?: Limit
  readonly cookie?: CookieUse
}

export type Route = Required<Description<Responses, t.Any, t.Any, t.Any>> & {
  readonly handler: (input: never, request: FastifyRequest) => unknown
  /** For a request that has become a socket. */
  readonly upgraded?: (socket: RawSocket, request: FastifyRequest) => void
}

export const nothing = strictObject({})
type Nothing = typeof nothing

/** A body, query or parameter that is not described is refused. */
export const defineRoute =
  <A extends Responses, Body extends t.Any = typeof noBody, Query extends t.Any = Nothing, Params extends t.Any = Nothing>(
    description: Description<A, Body, Query, Params>,
  ) =>
  (handler: (input: Input<Body, Query, Params>, request: FastifyRequest) => Outcome<A> | Promise<Outcome<A>>): Route => ({
    description: '',
    body: noBody,
    query: nothing,
    params: nothing,
    guards: [],
    problems: [],
    limit: 'general',
    cookie: 'none',
    ...description,
    handler,
  })
