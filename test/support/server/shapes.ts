import { expect } from 'vitest'
import type { Answer } from './client.ts'

export const anId = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
export const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** A session that was just granted. */
export const aSession = {
  id: anId,
  grantedAt: aTime,
  idleExpiresAt: aTime,
  expiresAt: aTime,
  elevatedUntil: null,
  factors: ['pwd'],
}

/** The session cookie of a response, with its attributes in alphabetical order. */
/** Of several `Set-Cookie` headers, in an array or joined with commas, the one with this name. */
export const cookieOf = (
  { headers }: Answer,
  name = '__Host-gatebook',
): { readonly token: string; readonly attributes: readonly string[] } => {
  const cookies = [headers['set-cookie'] ?? []].flat().flatMap((header) => String(header).split(/, ?(?=__Host-)/))
  const [pair = '', ...attributes] = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split('; ') ?? []
  if (pair === '') throw new Error(`the answer sets no cookie ${name}`)
  return { token: pair.slice(name.length + 1), attributes: attributes.sort() }
}
