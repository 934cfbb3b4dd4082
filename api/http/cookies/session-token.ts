import type { IncomingHttpHeaders } from 'node:http'
import { stripOptionalWhitespace } from '../optional-whitespace.ts'

export const sessionCookieName = '__Host-gatebook'

/** `ambiguous`: two different tokens, and a guess could pick the wrong one. */
export type PresentedToken =
  | { readonly type: 'token'; readonly token: string; readonly by: 'cookie' | 'bearer' }
  | { readonly type: 'none' }
  | { readonly type: 'ambiguous' }

const none: PresentedToken = { type: 'none' }
const ambiguous: PresentedToken = { type: 'ambiguous' }
const prefix = `${sessionCookieName}=`

/** `cookie-value` of RFC 6265. */
const cookieValue = /^(?:[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")$/

const ownValue = (pair: string): string | undefined => {
  const cookie = stripOptionalWhitespace(pair)
  if (!cookie.startsWith(prefix)) return undefined
  const value = cookie.slice(prefix.length)
  return cookieValue.test(value) ? value : undefined
}

const sessionCookies = (header: string): ReadonlySet<string> =>
  new Set(
    header.split(';').flatMap((pair) => {
      const value = ownValue(pair)
      return value === undefined ? [] : [value]
    }),
  )

/** `undefined` if absent, `null` if present twice with different values. */
export function sessionCookie(header: string | undefined): string | undefined | null {
  if (header === undefined) return undefined
  if (!header.includes(';')) return ownValue(header)
  const found = sessionCookies(header)
  return found.size > 1 ? null : [...found][0]
}

const bearer = (header: string | undefined) => (header === undefined ? undefined : /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1])

export function presentedToken(headers: IncomingHttpHeaders): PresentedToken {
  const cookie = sessionCookie(headers.cookie)
  const token = bearer(headers.authorization)
  if (cookie === null || (cookie !== undefined && token !== undefined && cookie !== token)) return ambiguous
  if (cookie !== undefined) return { type: 'token', token: cookie, by: 'cookie' }
  return token === undefined ? none : { type: 'token', token, by: 'bearer' }
}

/** Every token of a request, however many there are: whoever logs out wants none of them. */
export function presentedTokens({ cookie = '', authorization }: IncomingHttpHeaders): readonly string[] {
  const token = bearer(authorization)
  return [...new Set([...sessionCookies(cookie), ...(token === undefined ? [] : [token])])]
}
