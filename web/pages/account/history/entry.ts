import type { AnswerOf } from '../../../client/result.ts'

export type HistoryEntry = AnswerOf<'GET /audit/me'>['entries'][number]

/** Entries have no id of their own. Those of one request differ in what they say. */
export function entryKey({ at, type, correlationId, summary }: HistoryEntry): string {
  return [at, type, correlationId, summary].join(' ')
}

/** Each once, in the order of the lists: an entry may arrive live and stand in a page too. */
export function joinEntries(...lists: readonly (readonly HistoryEntry[])[]): readonly HistoryEntry[] {
  return [...new Map(lists.flat().map((entry) => [entryKey(entry), entry] as const)).values()]
}

/** `day` is the person's, not the service's. */
export function byDay(entries: readonly HistoryEntry[]): readonly (readonly [day: string, readonly HistoryEntry[]])[] {
  return [...Map.groupBy(entries, ({ at }) => new Date(at).toDateString())]
}
