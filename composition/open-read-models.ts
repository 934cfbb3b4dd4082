import type { Database } from 'better-sqlite3'
import { type ExplainedEvent, explainEvent } from '../application/explain/explain-event.ts'
import type { Policies } from '../application/journal/aggregates.ts'
import { accountAt } from '../application/moment/account-at.ts'
import type { AccountMoment } from '../application/moment/account-moment.ts'
import type { LocalLog } from '../application/ports/local-log.ts'
import type { AccountId } from '../domain/kernel/ids.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import { openReadConnection } from '../infrastructure/event-store/sqlite/file/connection.ts'
import type { FileKind } from '../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../infrastructure/event-store/sqlite/reader/local-log.ts'
import { localStreams } from '../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { type AccountQueries, accountQueries } from '../projections/accounts/account-queries.ts'
import { type ProfileQueries, profileQueries } from '../projections/accounts/profiles.ts'
import { type AccountHistory, accountHistory } from '../projections/audit/account-history.ts'
import { type AuditQueries, auditQueries } from '../projections/audit/audit-queries.ts'
import { type CommittedEventQueries, committedEvents } from '../projections/audit/committed-events.ts'
import { grantedSessions } from '../projections/audit/granted-sessions.ts'
import { type RefusedSinceVisit, refusedSinceVisit } from '../projections/audit/refused-attempts.ts'
import { type BlastRadius, blastRadius } from '../projections/blast-radius/blast-radius.ts'
import { readPosition } from '../projections/engine/registry.ts'
import { openSessionLookup, type SessionLookup } from '../projections/sessions/session-lookup.ts'
import { type SessionQueries, sessionQueries } from '../projections/sessions/session-queries.ts'
import { summaryQuery } from '../projections/summaries.ts'

export type ReadModels = {
  readonly db: Database
  readonly log: LocalLog
  readonly lookup: SessionLookup
  readonly queries: {
    readonly sessionQueries: SessionQueries
    readonly accountQueries: AccountQueries
    readonly profileQueries: ProfileQueries
    readonly auditQueries: AuditQueries
    readonly accountHistory: AccountHistory
    readonly committedEvents: CommittedEventQueries
    readonly refusedAttempts: RefusedSinceVisit
    readonly lookBackUnder: (today: Policies) => {
      readonly explainEvent: (position: number) => ExplainedEvent | null
      readonly accountAt: (account: AccountId, time: Instant) => AccountMoment | null
    }
    readonly blastRadius: BlastRadius
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
  const streams = localStreams(db)
  return {
    db,
    log,
    lookup: openSessionLookup(db),
    queries: {
      sessionQueries: sessionQueries(db),
      accountQueries: accountQueries(db),
      profileQueries: profileQueries(db),
      auditQueries: auditQueries(db, log),
      accountHistory: accountHistory(db, log),
      committedEvents: committedEvents(db, log),
      // One transaction, because a replica may be emptied between two reads.
      refusedAttempts: refusedSinceVisit(db, log),
      lookBackUnder: (today) => ({
        explainEvent: db.transaction(explainEvent(streams, today)),
        accountAt: db.transaction(accountAt({ log: streams, grantedSessions: grantedSessions(db, log), today })),
      }),
      blastRadius: blastRadius(db, log),
    },
    summaryOf: summaryQuery(db),
    position: readPosition(db),
  }
}
