import type { AnswerOf } from '../../../client/result.ts'

export type AuditEntry = AnswerOf<'GET /audit'>['entries'][number]

/** Newest first or the other way round, each once: an entry may arrive live and stand in a page too. */
export function mergeEntries(isOldestFirst: boolean, ...lists: readonly (readonly AuditEntry[])[]): readonly AuditEntry[] {
  const byPosition = new Map(lists.flat().map((entry) => [entry.position, entry]))
  return [...byPosition.values()].sort((a, b) => (isOldestFirst ? a.position - b.position : b.position - a.position))
}
