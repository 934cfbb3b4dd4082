import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { useLiveTail } from '../../live/use-live-tail.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { AuditActions } from './audit-actions.tsx'
import { AuditEntries } from './audit-entries.tsx'
import type { AuditEntry } from './audit-entry.ts'
import { type AuditFilter, auditPath, filterIn, isOldestFirst } from './audit-filter.ts'
import { AuditFilters } from './audit-filters.tsx'
import { LiveSwitch } from './live-switch.tsx'

/** The address of the page holds the filters, so that they can be kept, shared and gone back from. */
export function AuditPage() {
  const texts = useTexts(auditTexts)
  // It tells of changes only: what it gives has been decoded once already.
  useSearch()
  const [, navigate] = useLocation()
  const queries = useQueryClient()
  const [isLive, setLive] = useState(false)
  const filter = filterIn(new URLSearchParams(location.search))
  const canBeLive = filter.address === undefined && !isOldestFirst(filter)
  const loadAnew = useCallback(() => void queries.invalidateQueries({ queryKey: ['audit'] }), [queries])
  const tail = useLiveTail<AuditEntry>('/audit/live', isLive && canBeLive, loadAnew, filter.account)
  const key = JSON.stringify(filter)
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead} />
      <AuditFilters filter={filter} onFilter={(next: AuditFilter) => navigate(auditPath(next))} key={`filters ${key}`} />
      <AuditActions filter={filter} />
      <LiveSwitch isOn={isLive} canBeOn={canBeLive} tail={tail} filter={filter} onSwitch={setLive} />
      <AuditEntries filter={filter} live={tail.entries} key={`entries ${key}`} />
    </>
  )
}
