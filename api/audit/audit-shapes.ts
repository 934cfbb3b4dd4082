import * as t from 'io-ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
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
export const OwnEntry = strictObject(shown)
export const Entries = pageOf(Entry)
export const OwnEntries = pageOf(OwnEntry)

/** A position counts everybody's events, so only those who may read the log see it. */
export function withoutPosition({ position: _, ...entry }: AuditEntry) {
  return entry
}
