/** Few, because they are written for every guarded request. A page with styles sets a policy of its own. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const

export type ResponseHeaders = Readonly<Record<string, string>>

const year = 31_536_000

/** Behind https, browsers must not come over plain HTTP again. Not for subdomains, which may be somebody else's. */
export function responseHeaders(publicOrigin: string | undefined): ResponseHeaders {
  if (publicOrigin?.startsWith('https://') !== true) return securityHeaders
  return { ...securityHeaders, 'strict-transport-security': `max-age=${year}` }
}
