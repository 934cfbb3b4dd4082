import { stringifySetCookie } from 'cookie'
import { sessionCookieName } from './session-token.ts'

/** `__Host-` makes browsers insist on Secure and Path=/; they take Secure cookies from http://localhost too. */
const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

/** `maxAge` in whole seconds. */
export function setSessionCookie(token: string, maxAge: number): string {
  return stringifySetCookie({ ...attributes, name: sessionCookieName, value: token, maxAge })
}

export const clearSessionCookie: string = stringifySetCookie({ ...attributes, name: sessionCookieName, value: '', maxAge: 0 })
