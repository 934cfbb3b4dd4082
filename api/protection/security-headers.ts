/** On every answer. A page that has styles or scripts sets a policy of its own. Few, because each one is written for every guarded call. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const
