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
export const cookieOf = ({ headers }: Answer): { readonly token: string; readonly attributes: readonly string[] } => {
  const [pair = '', ...attributes] = String(headers['set-cookie']).split('; ')
  if (!pair.startsWith('__Host-gatebook=')) throw new Error('the answer sets no session cookie')
  return { token: pair.slice('__Host-gatebook='.length), attributes: attributes.sort() }
}
