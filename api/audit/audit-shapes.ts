import * as t from 'io-ts'
import type { AuditEntry, ListedEntry as Listed } from '../../projections/audit/audit-entry.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'

const shown = {
  at: time,
  type: t.string,
  account: t.union([t.string, t.null]),
  actor: t.string,
  summary: t.string,
  correlationId: t.string,
}
const pageOf = <Entry extends t.Any>(entry: Entry) => strictObject({ entries: t.array(entry), next: t.union([t.string, t.null]) })

export const Entry = strictObject({ position: t.number, ...shown })
const ListedEntry = strictObject({ ...Entry.required, address: t.union([t.string, t.null]) })
export const OwnEntry = strictObject(shown)
export const Entries = pageOf(ListedEntry)
export const OwnEntries = pageOf(OwnEntry)

/** A position counts everybody's events, so only those who may read the log see it. An address may be somebody else's. */
export function withoutPosition({ position: _, ipAddress: __, ...entry }: AuditEntry & Partial<Pick<Listed, 'ipAddress'>>) {
  return entry
}
