import { useGatebook } from '../../../react/gatebook-context.ts'
import { useIsSeen } from '../../live/use-is-seen.ts'
import { useLiveTail } from '../../live/use-live-tail.ts'
import { usePages } from '../../loading/use-pages.ts'
import { type HistoryEntry, joinEntries } from './entry.ts'

const pageSize = 100

/** The pages so far, and before them what has happened since. */
export function useHistory() {
  const { call } = useGatebook()
  const pages = usePages(
    ['history'],
    (place) => call('GET /audit/me', { query: { limit: pageSize, ...place } }),
    ({ entries }) => entries,
  )
  const live = useLiveTail<HistoryEntry>('/audit/me/live', useIsSeen(), pages.reload)
  return { ...pages, items: joinEntries(live.entries, pages.items), live }
}
