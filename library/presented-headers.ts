import type { IncomingHttpHeaders } from 'node:http'
import { positionHeader } from '../api/http/positions.ts'

/** The part of `Headers` that is read, so that each implementation of it fits. */
type FetchHeaders = { readonly get: (name: string) => string | null }

type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>

/** `Headers`, or anything that has them: Node's `IncomingMessage`, a request of Fastify or Express, a `Request`. */
export type PresentedBy = FetchHeaders | { readonly headers: FetchHeaders | HeaderRecord | IncomingHttpHeaders }

const read = ['cookie', 'authorization', positionHeader] as const

const isFetchHeaders = (headers: object): headers is FetchHeaders => 'get' in headers && typeof headers.get === 'function'

const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null

/** Express has a `get` too, so `headers` comes first. */
const headersIn = (from: unknown): object => {
  const headers = isObject(from) && 'headers' in from ? from.headers : from
  if (!isObject(headers) || (headers === from && !isFetchHeaders(headers)))
    throw new TypeError('expected Headers, or a request with headers')
  return headers
}

/** Throws a TypeError for anything else. */
export function presentedHeaders(from: PresentedBy): IncomingHttpHeaders {
  const headers = headersIn(from)
  const header = (name: string): unknown =>
    isFetchHeaders(headers) ? (headers.get(name) ?? undefined) : (headers as Readonly<Record<string, unknown>>)[name]
  return Object.fromEntries(
    read.flatMap((name) => {
      const value = header(name)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
