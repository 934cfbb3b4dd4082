import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { readEvent } from '../engine/decode-event.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'
import { type AuditEntry, type AuditRow, entryIn } from './audit-entry.ts'

/** The personal data of an event. */
export const personalFields = ['email', 'replacedEmail', 'ipAddress', 'userAgent', 'profile'] as const

export type PersonalData = { readonly [Field in (typeof personalFields)[number]]?: Sealed | null }

/** `leaf`: of the event in the tree of the log, in base64. */
export type HistoryEntry = AuditEntry & { readonly personal: PersonalData; readonly leaf: string }

/** `next` is `null` on the last page. */
export type HistoryPage = { readonly entries: readonly HistoryEntry[]; readonly next: number | null }

/** Oldest first. `after`: the position at which the page before ended. */
export type AccountHistory = (page: { readonly accountId: string; readonly after: number; readonly limit: number }) => HistoryPage

const personalDataOf = ({ data }: DomainEvent): PersonalData =>
  Object.fromEntries(personalFields.flatMap((field) => (field in data ? [[field, data[field as keyof typeof data]]] : [])))

export function accountHistory(db: Database, log: LocalLog): AccountHistory {
  const { audit: entries, audit_names: names } = physicalTables(audit)
  const entryOf = entryIn(log)
  const find = db.prepare<[string, number, number], AuditRow>(
    `SELECT a.position, a.at, n.name AS account FROM ${entries} a JOIN ${names} n ON n.number = a.account
     WHERE a.account = (SELECT number FROM ${names} WHERE name = ?) AND a.position > ? ORDER BY a.position LIMIT ?`,
  )
  const personalAt = (position: number) => {
    const recorded = log.at(position)
    return recorded === undefined ? {} : personalDataOf(readEvent(recorded))
  }
  const historyEntry = (row: AuditRow): HistoryEntry => ({
    ...entryOf(row),
    personal: personalAt(row.position),
    leaf: log.leafAt(row.position) ?? '',
  })
  // One transaction, because a replica may be emptied between the entries and their events.
  return db.transaction(({ accountId, after, limit }) => {
    const rows = find.all(accountId, after, limit + 1)
    const entries = rows.slice(0, limit).map(historyEntry)
    return { entries, next: rows.length > limit ? (entries.at(-1)?.position ?? null) : null }
  })
}
