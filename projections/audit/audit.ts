import { catalogue } from '../../domain/catalogue.ts'
import { timeOf } from '../../domain/login/events.ts'
import { bulkInsert } from '../engine/bulk-insert.ts'
import { networkBytes } from '../engine/id-bytes.ts'
import { internedNames } from '../engine/interned-names.ts'
import { defineReadModel, type EventOfType, type EventType, type Handlers } from '../engine/read-model.ts'
import { auditDays } from './audit-days.ts'
import { auditSubjects } from './audit-subjects.ts'

type Audited = Exclude<EventType, 'DataKeyWrapped'>
type AuditedEvent = EventOfType<Audited>

const { dataKey: _, ...audited } = catalogue

/** All but data keys: of those the log itself keeps only the newest one, and none of the erased. */
const auditedTypes: readonly Audited[] = Object.values(audited)
  .flat()
  .map(({ type }) => type)

const networkOf = ({ data }: AuditedEvent) => ('networkIndex' in data ? networkBytes(data.networkIndex) : null)

/**
 * The audit trail: for each event of the log, when it happened, whom it concerns and who did it. An index and no copy: what an entry says is
 * read from the event itself. `audit_names` numbers types, accounts and actors; an actor of `NULL` is anonymous, 0 is the system.
 *
 * `network` is where the event came from, for those that say so (`LoginAttempted`, `SessionGranted`), as `networkBytes`. It is never inherited: what
 * follows an attempt (a rejection, a lock) or a grant (a refresh, a revocation) may come from elsewhere.
 */
export const audit = defineReadModel({
  name: 'audit',
  version: 2,
  tables: {
    audit: `(
      position INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      type INTEGER NOT NULL,
      account INTEGER,
      actor INTEGER,
      network BLOB
    ) STRICT`,
    audit_names: `(
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT`,
    audit_subjects: `(
      id BLOB PRIMARY KEY,
      account INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    audit_days: `(
      day INTEGER PRIMARY KEY,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL
    ) STRICT`,
  },
  indexes: [
    { on: 'audit', columns: '(account) WHERE account IS NOT NULL' },
    { on: 'audit', columns: '(type)' },
    { on: 'audit', columns: '(actor) WHERE actor > 0' },
    { on: 'audit', columns: '(network) WHERE network IS NOT NULL' },
  ],
  fields: ['at', 'to', 'accountId', 'networkIndex'],
  apart: true,
  open: (db, tables) => {
    const names = internedNames(db, tables.audit_names)
    const days = auditDays(db, tables.audit_days)
    const subjects = auditSubjects(db, tables.audit_subjects, names.numberOf)
    const entries = bulkInsert(db, tables.audit, 6)
    const actorNumber = (actor: string) => (actor === 'anonymous' ? null : actor === 'system' ? 0 : names.numberOf(actor))

    const handle = (
      event: AuditedEvent,
      { position, stream, metadata }: { position: number; stream: string; metadata: { actor: string } },
    ) => {
      const at = timeOf(event)
      const type = names.numberOf(event.type)
      entries.add(position, at, type, subjects.of(event, stream), actorNumber(metadata.actor), networkOf(event))
      days.saw(at, position)
    }
    const flush = () => {
      entries.flush()
      subjects.flush()
    }
    const forget = () => {
      entries.forget()
      names.forget()
      days.forget()
      subjects.forget()
    }
    return { handlers: Object.fromEntries(auditedTypes.map((type) => [type, handle])) as Handlers, flush, forget }
  },
})
