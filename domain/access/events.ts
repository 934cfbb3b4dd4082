import * as t from 'io-ts'
import { defineEvent, type EventOf } from '../kernel/event.ts'
import { AccountId, SessionId } from '../kernel/ids.ts'
import { Instant } from '../kernel/instant.ts'

export const ReadableData = t.keyof({ accounts: null, account: null, sessions: null, audit: null })
export type ReadableData = t.TypeOf<typeof ReadableData>

const Subject = t.union([AccountId, t.null])

/** The account of the stream read other people's data. `subject`: whose, if it is one person's. */
export const DataRead = defineEvent('DataRead', 2, { sessionId: SessionId, what: ReadableData, subject: Subject, at: Instant })

/** Everything that is held of the account of the stream. */
export const DataExported = defineEvent('DataExported', 1, { sessionId: SessionId, at: Instant })

export const RefusedFor = t.keyof({ ROLE_REQUIRED: null, CLAIM_REQUIRED: null, ENROLLMENT_REQUIRED: null })
export type RefusedFor = t.TypeOf<typeof RefusedFor>

/** Sessions of the account asked for what they may not do. `count` includes refusals beyond the listed ones, `sessionId` is the latest. */
export const AuthorizationRefused = defineEvent('AuthorizationRefused', 1, {
  sessionId: SessionId,
  count: t.number,
  refusals: t.array(t.strict({ code: RefusedFor, method: t.string, route: t.string, count: t.number })),
  from: Instant,
  to: Instant,
  at: Instant,
})

/** The state of the stream, so that reading can start here. */
export const AccessSummarized = defineEvent('AccessSummarized', 2, {
  recentReads: t.array(t.strict({ sessionId: SessionId, what: ReadableData, subject: Subject, at: Instant })),
  exportedAt: t.union([Instant, t.null]),
  at: Instant,
})

export const accessEvents = [DataRead, DataExported, AuthorizationRefused, AccessSummarized] as const

export type AccessEvent = EventOf<(typeof accessEvents)[number]>
