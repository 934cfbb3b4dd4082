import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { sharedTexts } from '../../../texts/shared.ts'
import { LoadMore } from '../../loading/load-more.tsx'
import { TryAgain } from '../../loading/loaded.tsx'
import { useLoadWhile } from '../../loading/use-pages.ts'
import { type AuditEntry, mergeEntries } from './audit-entry.ts'
import { type AuditFilter, filterCount, isOldestFirst, passes } from './audit-filter.ts'
import { EntryTable } from './entry-table.tsx'
import { useAuditEntries } from './use-audit-entries.ts'

export function AuditEntries({ filter, live }: { readonly filter: AuditFilter; readonly live: readonly AuditEntry[] }) {
  const texts = useTexts(auditTexts)
  const words = useTexts(sharedTexts)
  const pages = useAuditEntries(filter)
  const { items, problem, hasMore, isLoading } = pages
  const arrived = live.filter((entry) => passes(filter, entry))
  const arrivedPositions = new Set(arrived.map(({ position }) => position))
  const entries = mergeEntries(isOldestFirst(filter), items, arrived)
  // A page reads a bounded part of the log, so that a rare filter may find nothing in the first ones.
  const goesOn = entries.length === 0 && hasMore && problem === null
  useLoadWhile(goesOn, pages)
  const isEmpty = entries.length === 0 && !isLoading && !goesOn && problem === null
  const isFiltered = filterCount(filter) > 0
  return (
    <section className="card table-card" aria-busy={isLoading || goesOn}>
      <TryAgain {...pages} />
      {entries.length > 0 && <EntryTable entries={entries} isNew={({ position }) => arrivedPositions.has(position)} />}
      <div role="status">
        {(isLoading || goesOn) && <p className="empty">{goesOn ? texts.goingOn : words.loading}</p>}
        {isEmpty && <p className="empty">{isFiltered ? texts.none : texts.noneYet}</p>}
      </div>
      {!goesOn && <LoadMore pages={pages} />}
    </section>
  )
}
