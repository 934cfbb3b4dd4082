import type { Transport } from './tokens.ts'

const sent = { by: { credentials: 'include', headers: {} }, of: { token: undefined, session: 0 } } as const

/** The browser keeps the cookie. `ask` tells whether it still names a session: a call that overlaps with an elevation shows the old one. */
export function cookieTransport(ask: () => Promise<boolean>): Transport {
  return {
    inputOf: (_name, input) => input,
    credentials: () => sent,
    takeFrom: () => {},
    renew: ask,
    hasSession: () => true,
  }
}
