import { useTexts } from '../../react/gatebook-context.ts'
import { Button } from '../../react/ui/button.tsx'
import { partsTexts } from '../../texts/parts.ts'
import type { Pages } from './use-pages.ts'

type LoadMoreProps<Item> = { readonly pages: Pick<Pages<Item>, 'hasMore' | 'isLoadingMore' | 'loadMore'> }

/** Nothing after the last page. */
export function LoadMore<Item>({ pages: { hasMore, isLoadingMore, loadMore } }: LoadMoreProps<Item>) {
  const texts = useTexts(partsTexts)
  if (!hasMore) return null
  return (
    <div className="load-more">
      <Button isBusy={isLoadingMore} onClick={loadMore}>
        {texts.loadMore}
      </Button>
    </div>
  )
}
