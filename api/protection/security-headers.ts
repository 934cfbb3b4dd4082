/** Few, because they are written for every guarded request. A page with styles sets a policy of its own. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const
