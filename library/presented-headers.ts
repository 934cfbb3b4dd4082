import type { IncomingHttpHeaders } from 'node:http'
import { positionHeader } from '../api/http/positions.ts'

/** The part of `Headers` that is read, so that each implementation of it fits. */
type FetchHeaders = { readonly get: (name: string) => string | null }

type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>

/** `Headers`, or anything that has them: Node's `IncomingMessage`, a request of Fastify or Express, a `Request`. */
export type PresentedBy = FetchHeaders | { readonly headers: FetchHeaders | HeaderRecord | IncomingHttpHeaders }

const ofSession = ['cookie', 'authorization', positionHeader]

const ofOrigin = ['host', 'origin', 'sec-fetch-site']

/** Of HTTP/2. `Headers` throw at such names. */
const pseudo = [':authority', ':scheme']

const isFetchHeaders = (headers: object): headers is FetchHeaders => 'get' in headers && typeof headers.get === 'function'

const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null

/** Express has a `get` too, so `headers` comes first. */
const headersIn = (from: unknown): object => {
  const headers = isObject(from) && 'headers' in from ? from.headers : from
  if (!isObject(headers) || (headers === from && !isFetchHeaders(headers)))
    throw new TypeError('expected Headers, or a request with headers')
  return headers
}

const valuesIn = (headers: object, names: readonly string[]): IncomingHttpHeaders => {
  const header = (name: string): unknown =>
    isFetchHeaders(headers) ? (headers.get(name) ?? undefined) : (headers as Readonly<Record<string, unknown>>)[name]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = header(name)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

/** Throws a TypeError for anything else. */
export function presentedHeaders(from: PresentedBy): IncomingHttpHeaders {
  return valuesIn(headersIn(from), ofSession)
}

/** A request as it came, of any framework. `Headers` alone do not say whether it may change something. */
export type PresentedRequest = {
  readonly method?: string | undefined
  readonly headers: FetchHeaders | HeaderRecord | IncomingHttpHeaders
  readonly url?: string | undefined
  readonly socket?: object | undefined
}

/** A `Request` names its scheme and host in its URL only. */
const originIn = ({ url, headers }: Pick<PresentedRequest, 'url' | 'headers'>) => {
  if (url === undefined || !URL.canParse(url)) return isFetchHeaders(headers) ? {} : valuesIn(headers, pseudo)
  const { host, protocol } = new URL(url)
  return { host, ':scheme': protocol.slice(0, -1) }
}

/** Throws a TypeError for what has no method. */
export function presentedRequest(from: PresentedRequest) {
  const { method, socket } = isObject(from) ? from : {}
  if (typeof method !== 'string' || method === '') throw new TypeError('expected a request with method and headers')
  const headers = headersIn(from)
  return { method, socket, headers: { ...originIn(from), ...valuesIn(headers, [...ofSession, ...ofOrigin]) } }
}
