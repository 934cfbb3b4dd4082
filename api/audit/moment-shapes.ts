import * as t from 'io-ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'

const timeOrNull = t.union([time, t.null])
const plain = t.union([t.string, t.number, t.boolean, t.null])

export const Moment = strictObject({
  time,
  position: t.number,
  isWhole: t.boolean,
  status: t.keyof({ absent: null, active: null, disabled: null, erased: null }),
  invited: t.boolean,
  email: t.union([t.string, t.null]),
  emailVerified: t.boolean,
  passwordChangeRequired: t.boolean,
  roles: t.readonlyArray(t.string),
  claims: t.record(t.string, ClaimValue),
  failures: t.number,
  lockedUntil: timeOrNull,
  deviceLocks: t.readonlyArray(strictObject({ id: t.string, lockedUntil: time })),
  codesLockedUntil: timeOrNull,
  codeEntryEnded: t.boolean,
  secondFactor: strictObject({ enrolled: t.boolean, confirmedAt: timeOrNull, recoveryCodesLeft: t.number }),
  devices: t.readonlyArray(strictObject({ id: t.string, rememberedAt: time })),
  keys: t.readonlyArray(strictObject({ id: t.string, sequence: t.number, rotationUntil: timeOrNull })),
  sessions: t.readonlyArray(
    strictObject({
      id: t.string,
      grantedAt: time,
      lastSeenAt: time,
      idleExpiresAt: time,
      expiresAt: time,
      elevatedUntil: timeOrNull,
      factors: t.readonlyArray(t.string),
    }),
  ),
  consents: t.readonlyArray(strictObject({ id: t.string, given: t.boolean, version: t.string, at: time })),
})

/** `before` and `after`: times are ISO 8601; null where there was nothing. */
const Change = strictObject({
  change: t.keyof({ added: null, removed: null, changed: null }),
  field: t.string,
  before: plain,
  after: plain,
})

/** `since` and `changes` are null unless another moment was asked for. */
export const MomentAnswer = strictObject({
  moment: Moment,
  since: t.union([Moment, t.null]),
  changes: t.union([t.readonlyArray(Change), t.null]),
})
