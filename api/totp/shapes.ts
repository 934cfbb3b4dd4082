import * as t from 'io-ts'
import { text } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'

/** Six digits, or a recovery code however it is written; what it is nobody says. */
export const Code = text(1, 64)

export const EnrollmentAnswer = exact({
  uri: t.union([t.string, t.null]),
  secret: t.string,
  qr: t.union([t.string, t.null]),
  recoveryCodes: t.array(t.string),
})
