import type { Database } from 'better-sqlite3'
import { type ExplainedEvent, explainEvent } from '../application/explain/explain-event.ts'
import type { Policies } from '../application/journal/aggregates.ts'
import { openReadConnection } from '../infrastructure/event-store/sqlite/file/connection.ts'
import type { FileKind } from '../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../infrastructure/event-store/sqlite/reader/local-log.ts'
import { localStreams } from '../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { type AccountQueries, accountQueries } from '../projections/accounts/account-queries.ts'
import { type ProfileQueries, profileQueries } from '../projections/accounts/profiles.ts'
import { type AccountHistory, accountHistory } from '../projections/audit/account-history.ts'
import { type AuditQueries, auditQueries } from '../projections/audit/audit-queries.ts'
import { type CommittedEventQueries, committedEvents } from '../projections/audit/committed-events.ts'
import { readPosition } from '../projections/engine/registry.ts'
import { openSessionLookup, type SessionLookup } from '../projections/sessions/session-lookup.ts'
import { type SessionQueries, sessionQueries } from '../projections/sessions/session-queries.ts'
import { summaryQuery } from '../projections/summaries.ts'

export type ReadModels = {
  readonly db: Database
  readonly lookup: SessionLookup
  readonly queries: {
    readonly sessionQueries: SessionQueries
    readonly accountQueries: AccountQueries
    readonly profileQueries: ProfileQueries
    readonly auditQueries: AuditQueries
    readonly accountHistory: AccountHistory
    readonly committedEvents: CommittedEventQueries
    readonly explainUnder: (today: Policies) => (position: number) => ExplainedEvent | null
  }
  /** The revision of the newest summary of a long stream. */
  readonly summaryOf: (stream: string) => number | undefined
  /** The position up to which they have seen the log. */
  readonly position: () => number
}

/** The read models of a file, over one connection that cannot write. */
export function openReadModels(file: string, kind: FileKind): ReadModels {
  const db = openReadConnection(file, kind)
  const log = localLog(db, kind)
  return {
    db,
    lookup: openSessionLookup(db),
    queries: {
      sessionQueries: sessionQueries(db),
      accountQueries: accountQueries(db),
      profileQueries: profileQueries(db),
      auditQueries: auditQueries(db, log),
      accountHistory: accountHistory(db, log),
      committedEvents: committedEvents(db, log),
      // One transaction, because a replica may be emptied between two reads.
      explainUnder: (today) => db.transaction(explainEvent(localStreams(db), today)),
    },
    summaryOf: summaryQuery(db),
    position: readPosition(db),
  }
}
