import { stringifySetCookie } from 'cookie'

const name = '__Host-gatebook-device'

/** Seconds: 400 days, the longest that browsers keep a cookie. */
const maxAge = 34_560_000

const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

/** Sent with logins: a device that the account knows has attempts of its own. */
export function setDeviceCookie(value: string): string {
  return stringifySetCookie({ ...attributes, name, value, maxAge })
}

export const clearDeviceCookie: string = stringifySetCookie({ ...attributes, name, value: '', maxAge: 0 })

/** The first one; null if there is none. What it is worth is decided where it is opened. */
export function deviceCookie(header: string | undefined): string | null {
  for (const pair of header?.split(';') ?? []) {
    const text = pair.replace(/^[ \t]+|[ \t]+$/g, '')
    if (text.startsWith(`${name}=`)) return text.slice(name.length + 1)
  }
  return null
}
