import type { Context } from '../context.ts'
import { defineRoute, type Route } from '../http/route.ts'

/** An SVG that is opened by itself is a page of this origin, so it may run nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

const etagsOf = (header = '') => header.split(',').map((etag) => etag.trim().replace(/^W\//, ''))

export function logoRoutes({ logo }: Context): readonly Route[] {
  if (logo === null) return []
  const { mediaType, bytes, etag } = logo
  const headers = { 'content-security-policy': policy, 'cache-control': 'public, max-age=3600', etag }
  const route = defineRoute({
    method: 'GET',
    url: '/logo',
    tag: 'Service',
    summary: 'The logo of the service',
    responses: { 200: { mediaType }, 304: null },
  })((_, request) => {
    const known = etagsOf(request.headers['if-none-match'])
    return known.includes(etag) || known.includes('*') ? { status: 304, headers } : { status: 200, body: bytes, headers }
  })
  return [route]
}
