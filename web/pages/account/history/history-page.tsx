import { useCallback, useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { historyTexts } from '../../../texts/account.ts'
import { LoadMore } from '../../loading/load-more.tsx'
import { LoadedPages } from '../../loading/loaded.tsx'
import { useLoadWhile } from '../../loading/use-pages.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { KindFilter } from './kind-filter.tsx'
import { isShown, type ShownKind } from './kinds.ts'
import { Timeline } from './timeline.tsx'
import { Unrecognized } from './unrecognized.tsx'
import { useHistory } from './use-history.ts'

/** So many are looked for in further pages before the person must ask. */
const wantedAtOnce = 20
const pagesAtOnce = 5

export function HistoryPage() {
  const texts = useTexts(historyTexts)
  const history = useHistory()
  const [kind, setKind] = useState<ShownKind>('notable')
  const [wanted, setWanted] = useState({ entries: wantedAtOnce, pages: pagesAtOnce })
  const shown = history.items.filter(({ type }) => isShown(type, kind))
  const { hasMore, loadMore } = history
  const looksFurther = hasMore && shown.length < wanted.entries && wanted.pages > 0
  const lookFurther = useCallback(() => {
    setWanted(({ entries, pages }) => ({ entries, pages: pages - 1 }))
    loadMore()
  }, [loadMore])
  useLoadWhile(looksFurther, { ...history, loadMore: lookFurther })
  const more = () => {
    setWanted({ entries: shown.length + wantedAtOnce, pages: pagesAtOnce - 1 })
    loadMore()
  }
  const choose = (next: ShownKind) => {
    setKind(next)
    setWanted({ entries: wantedAtOnce, pages: pagesAtOnce })
  }
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead}>
        <KindFilter kind={kind} onChoose={choose} />
      </PageHead>
      {history.live.state === 'waiting' && <Alert tone="warning">{texts.lost}</Alert>}
      <section className="card" aria-label={texts.list}>
        <LoadedPages of={history} lines={8}>
          {shown.length > 0 ? (
            <Timeline entries={shown} isDetailed={kind === 'all'} />
          ) : (
            !looksFurther && <EmptyState icon="info">{kind === 'all' ? texts.none : texts.noneOfKind}</EmptyState>
          )}
          <LoadMore pages={{ ...history, loadMore: more, isLoadingMore: history.isLoadingMore || looksFurther }} />
        </LoadedPages>
      </section>
      <Unrecognized />
      <Announcement entry={history.live.entries.find(({ type }) => isShown(type, kind))} />
    </>
  )
}

/** For whoever cannot see an entry appear. */
function Announcement({ entry }: { readonly entry: { readonly type: string } | undefined }) {
  const texts = useTexts(historyTexts)
  return (
    <p className="gb-visually-hidden" role="status">
      {entry !== undefined && texts.arrived(texts.titles[entry.type] ?? entry.type)}
    </p>
  )
}
