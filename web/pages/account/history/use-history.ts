import { useEffect, useState } from 'react'
import { useGatebook } from '../../../react/gatebook-context.ts'
import { openLiveTail, type TailState } from '../../live/open-live-tail.ts'
import { useIsSeen } from '../../live/use-is-seen.ts'
import { type Pages, usePages } from '../../parts/use-pages.ts'
import { type HistoryEntry, joinEntries } from './entry.ts'

const pageSize = 100
const mostLive = 500

type Live = { readonly state: TailState; readonly entries: readonly HistoryEntry[] }

export type History = Pages<HistoryEntry> & { readonly live: Live }

/** The pages so far, and before them what has happened since. */
export function useHistory(): History {
  const { call, baseUrl } = useGatebook()
  const isSeen = useIsSeen()
  const pages = usePages(
    ['history'],
    (place) => call('GET /audit/me', { query: { limit: pageSize, ...place } }),
    ({ entries }) => entries,
  )
  const [live, setLive] = useState<Live>({ state: 'connecting', entries: [] })
  const { reload } = pages
  useEffect(() => {
    if (!isSeen) return
    const urlAfter = (id: string | null) => `${baseUrl}/api/1/audit/me/live${id === null ? '' : `?after=${encodeURIComponent(id)}`}`
    return openLiveTail<HistoryEntry>(urlAfter, {
      onState: (state) => setLive(({ entries }) => ({ state, entries })),
      onEntry: (entry) => setLive(({ state, entries }) => ({ state, entries: [entry, ...entries].slice(0, mostLive) })),
      onGap: reload,
    })
  }, [isSeen, baseUrl, reload])
  return { ...pages, items: joinEntries(live.entries, pages.items), live }
}
