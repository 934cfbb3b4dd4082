import { useGatebook } from '../../../react/gatebook-context.ts'
import { usePages } from '../../loading/use-pages.ts'
import type { AuditFilter } from './audit-filter.ts'

export function useAuditEntries(filter: AuditFilter) {
  const { call } = useGatebook()
  return usePages(
    ['audit', filter],
    (place) => call('GET /audit', { query: { ...filter, ...place } }),
    ({ entries }) => entries,
  )
}
