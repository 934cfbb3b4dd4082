import { stringifySetCookie } from 'cookie'
import { sessionCookieName } from './session-token.ts'

/** Browsers require Secure and Path=/ for `__Host-`, and accept Secure cookies from http://localhost. */
const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

/** `maxAge`: whole seconds. */
export function setSessionCookie(token: string, maxAge: number): string {
  return stringifySetCookie({ ...attributes, name: sessionCookieName, value: token, maxAge })
}

export const clearSessionCookie: string = stringifySetCookie({ ...attributes, name: sessionCookieName, value: '', maxAge: 0 })
