import type { AnswerOf } from '../../../client/result.ts'

export type AuditEntry = AnswerOf<'GET /audit'>['entries'][number]

/** Newest first, each once: an entry may arrive live and stand in a page too. */
export function mergeEntries(...lists: readonly (readonly AuditEntry[])[]): readonly AuditEntry[] {
  const byPosition = new Map(lists.flat().map((entry) => [entry.position, entry]))
  return [...byPosition.values()].sort((a, b) => b.position - a.position)
}
