import * as t from 'io-ts'
import { AccountId, SessionId } from '../../../domain/kernel/ids.ts'
import { ipAddress, time, uuid } from '../../codecs/primitives.ts'
import { strictObject } from '../../codecs/strict-object.ts'
import { Cursor } from '../../shapes/cursor.ts'

/** Exactly one of the first three. */
export const RadiusQuery = strictObject(
  {},
  { address: ipAddress, session: uuid(SessionId), account: uuid(AccountId), since: time, to: time, cursor: Cursor },
)
export type RadiusQuery = t.TypeOf<typeof RadiusQuery>

const textOrNull = t.union([t.string, t.null])

const Entry = strictObject({
  position: t.number,
  at: time,
  type: t.string,
  account: textOrNull,
  actor: t.string,
  summary: t.string,
  attributedBy: t.keyof({ session: null, account: null }),
})

const Entries = t.readonlyArray(Entry)

const Session = strictObject({
  id: t.string,
  account: t.string,
  position: t.number,
  grantedAt: time,
  expiresAt: time,
  active: t.boolean,
  endedAt: t.union([time, t.null]),
  because: textOrNull,
  refreshes: t.number,
  refreshTokenReused: t.boolean,
  elevations: t.readonlyArray(strictObject({ at: time, until: time })),
  accessTokens: t.readonlyArray(strictObject({ at: time, expiresAt: time })),
  changes: Entries,
  reads: Entries,
  devices: Entries,
  cut: t.boolean,
})

export const Radius = strictObject({
  attempts: Entries,
  sessions: t.readonlyArray(Session),
  accounts: t.readonlyArray(strictObject({ account: t.string, attempts: t.number, sessions: t.number })),
  accountsCut: t.boolean,
  next: textOrNull,
})
export type Radius = t.TypeOf<typeof Radius>

export const EndedSessions = strictObject({ ended: t.number, kept: t.number, next: textOrNull })
export type EndedSessions = t.TypeOf<typeof EndedSessions>
