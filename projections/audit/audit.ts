import { catalogue } from '../../domain/catalogue.ts'
import { SystemActor } from '../../domain/kernel/ids.ts'
import { timeOf } from '../../domain/login/events.ts'
import { networkBytes } from '../engine/id-bytes.ts'
import { internedNames } from '../engine/interned-names.ts'
import { defineReadModel, type EventOfType, type EventType, type Handlers } from '../engine/read-model.ts'
import { auditDays } from './audit-days.ts'
import { auditSubjects } from './audit-subjects.ts'
import { sessionsOf } from './entry-sessions.ts'
import { linkKey } from './search/link-key.ts'
import { typeBefore } from './type-before.ts'

type Audited = Exclude<EventType, 'DataKeyWrapped'>
type AuditedEvent = EventOfType<Audited>

// The log keeps only the newest data key of a person, and none of an erased one.
const { dataKey: _, ...audited } = catalogue

const auditedTypes: readonly Audited[] = Object.values(audited)
  .flat()
  .map(({ type }) => type)

// Not inherited: what follows an attempt or a grant may come from another network.
const networkOf = ({ data }: AuditedEvent) => ('networkIndex' in data ? networkBytes(data.networkIndex) : null)

/**
 * The rest of an entry is read from the log. An actor of `NULL` is anonymous, 0 is the system, and a part of it is negative. `audit_links` has
 * the correlation and the sessions of each event.
 */
export const audit = defineReadModel({
  name: 'audit',
  version: 8,
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
      account INTEGER
    ) STRICT, WITHOUT ROWID`,
    audit_links: `(
      key INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (key, position)
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
  open: (db, tables) => {
    const names = internedNames(db, tables.audit_names)
    const days = auditDays(db, tables.audit_days)
    const subjects = auditSubjects(db, tables.audit_subjects, names.numberOf)
    const eraseNetwork = db.prepare(`UPDATE ${tables.audit} SET network = NULL WHERE position = ?`)
    const add = db.prepare(`INSERT INTO ${tables.audit} VALUES (?, ?, ?, ?, ?, ?)`)
    const addLink = db.prepare(`INSERT OR IGNORE INTO ${tables.audit_links} VALUES (?, ?)`)
    const actorNumber = (actor: string) => {
      if (actor === 'anonymous') return null
      if (actor === 'system') return 0
      return SystemActor.is(actor) ? -names.numberOf(actor) : names.numberOf(actor)
    }

    const handle: (...args: Parameters<NonNullable<Handlers[Audited]>>) => void = (event, recorded) => {
      const { position, stream, metadata } = recorded
      const at = timeOf(event)
      const type = names.numberOf(typeBefore(event))
      add.run(position, at, type, subjects.subjectOf(event, stream), actorNumber(metadata.actor), networkOf(event))
      for (const id of [metadata.correlationId, ...sessionsOf(recorded)]) addLink.run(linkKey(id), position)
      days.observe(at, position)
    }
    const clear = () => {
      names.clear()
      days.clear()
      subjects.clear()
    }
    const handlers = Object.fromEntries(auditedTypes.map((type) => [type, handle])) as Handlers
    return { handlers, erase: ({ position }) => eraseNetwork.run(position), clear }
  },
})
