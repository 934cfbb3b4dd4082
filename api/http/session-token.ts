import type { IncomingHttpHeaders } from 'node:http'

export const sessionCookieName = '__Host-gatebook'

/** `ambiguous`: two different tokens, and a guess could pick the wrong one. */
export type PresentedToken =
  | { readonly type: 'token'; readonly token: string; readonly by: 'cookie' | 'bearer' }
  | { readonly type: 'none' }
  | { readonly type: 'ambiguous' }

const none: PresentedToken = { type: 'none' }
const ambiguous: PresentedToken = { type: 'ambiguous' }
const prefix = `${sessionCookieName}=`

/** `undefined` if absent, `null` if present twice with different values. */
export function sessionCookie(header: string | undefined): string | undefined | null {
  if (header === undefined) return undefined
  if (header.startsWith(prefix) && !header.includes(';')) return header.slice(prefix.length)
  let found: string | undefined
  for (const pair of header.split(';')) {
    const cookie = pair.trim()
    if (!cookie.startsWith(prefix)) continue
    const value = cookie.slice(prefix.length)
    if (found !== undefined && found !== value) return null
    found = value
  }
  return found
}

const bearer = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined
  const scheme = header.slice(0, 7)
  if (scheme !== 'Bearer ' && scheme.toLowerCase() !== 'bearer ') return undefined
  const token = header.slice(7)
  return /^[A-Za-z0-9._~+/=-]+$/.test(token) ? token : undefined
}

export function presentedToken(headers: IncomingHttpHeaders): PresentedToken {
  const cookie = sessionCookie(headers.cookie)
  const token = bearer(headers.authorization)
  if (cookie === null || (cookie !== undefined && token !== undefined && cookie !== token)) return ambiguous
  if (cookie !== undefined) return { type: 'token', token: cookie, by: 'cookie' }
  return token === undefined ? none : { type: 'token', token, by: 'bearer' }
}
