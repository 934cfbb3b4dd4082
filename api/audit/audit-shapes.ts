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
  session: t.union([t.string, t.null]),
  correlationId: t.string,
}
const cursor = t.union([t.string, t.null])
const pageOf = <Entry extends t.Any>(entry: Entry) => strictObject({ entries: t.array(entry), next: cursor, previous: cursor })

export const Entry = strictObject({ position: t.number, ...shown })
export const ListedEntry = strictObject({ ...Entry.required, address: t.union([t.string, t.null]) })
export const OwnEntry = strictObject(shown)
export const Entries = pageOf(ListedEntry)
export const OwnEntries = pageOf(OwnEntry)

export function asEntry({ isOfActor: _, ...entry }: AuditEntry): t.TypeOf<typeof Entry> {
  return entry
}

/** A position counts everybody's events, so only those who may read the log see it. An address or a session may be somebody else's. */
export function asOwnEntry(entry: AuditEntry & Partial<Pick<Listed, 'ipAddress'>>): t.TypeOf<typeof OwnEntry> {
  const { position: _, ipAddress: __, isOfActor, session, ...others } = entry
  return { ...others, session: isOfActor && others.actor !== others.account ? null : session }
}
