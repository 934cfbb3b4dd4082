import type { IncomingHttpHeaders } from 'node:http'

type Asked = { readonly headers: IncomingHttpHeaders; readonly socket?: object | undefined }

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/

/** HTTP/2 says it, and so does what a `Request` was made of; a connection shows it otherwise. */
const schemeOf = ({ headers, socket }: Asked) => {
  if (socket !== undefined && 'encrypted' in socket) return 'https'
  return headers[':scheme'] === 'https' ? 'https' : 'http'
}

const hostOf = (headers: IncomingHttpHeaders) => {
  const host = headers.host ?? headers[':authority']
  return typeof host === 'string' && loopback.test(host) ? host : undefined
}

/**
 * For an app that has not said its origin: whether a page of this machine calls the app that it came from. A page of another machine
 * cannot, not even by a name that it makes resolve to this one: that name would stand in `Host`.
 */
export function isLocalOrigin(origin: string, asked: Asked): boolean {
  const host = hostOf(asked.headers)
  if (host === undefined) return false
  const url = `${schemeOf(asked)}://${host}`
  return URL.canParse(url) && new URL(url).origin === origin
}
