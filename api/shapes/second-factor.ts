import * as t from 'io-ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'

export const Code = text(1, 64)

export const sendProblems = ['NOT_FOUND', 'NOT_ENROLLED', 'LOCKED_OUT', 'RATE_LIMITED', 'OVERLOADED', 'STORE_UNAVAILABLE'] as const

/** `null` where codes are delivered. */
export const EnrollmentAnswer = strictObject({
  uri: t.union([t.string, t.null]),
  secret: t.union([t.string, t.null]),
  qr: t.union([t.string, t.null]),
  recoveryCodes: t.array(t.string),
})
