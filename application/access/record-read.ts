import type { ReadableData } from '../../domain/access/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

export type DataReading = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly what: ReadableData
  readonly subject: AccountId | null
}

/** The same again within a minute adds nothing. */
export const recordRead =
  ({ journal }: Needs<'journal'>) =>
  ({ accountId, ...read }: DataReading, caller: Caller) =>
    journal.decide(streams.access(accountId), { type: 'read', ...read, at: journal.now() }, metadataOf(caller, accountId))

/** Of one's own data: refused within a minute after the last one. */
export const recordExport =
  ({ journal }: Needs<'journal'>) =>
  ({ accountId, sessionId }: Pick<DataReading, 'accountId' | 'sessionId'>, caller: Caller) =>
    journal.decide(streams.access(accountId), { type: 'export', sessionId, at: journal.now() }, metadataOf(caller, accountId))
