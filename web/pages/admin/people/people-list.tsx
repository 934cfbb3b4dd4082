import { useState } from 'react'
import { LoadMore } from '../../loading/load-more.tsx'
import { TryAgain } from '../../loading/loaded.tsx'
import { useLoadWhile } from '../../loading/use-pages.ts'
import type { PeopleSearch } from './people-search.ts'
import { PeopleTable } from './people-table.tsx'
import { SearchState } from './search-state.tsx'
import { usePeople } from './use-people.ts'

/** As many as a search finds before it waits to be asked for more. */
const enough = 20

/** `onSearch` widens a search that found nobody. */
export function PeopleList({ search, onSearch }: { readonly search: PeopleSearch; readonly onSearch: (search: PeopleSearch) => void }) {
  const [wanted, setWanted] = useState(enough)
  const [isStopped, setStopped] = useState(false)
  const pages = usePeople(search)
  const { items, problem, hasMore, isLoading, isLoadingMore, loadMore } = pages
  const found = items.length
  const goesOn = search.by === 'beginning' && hasMore && !isStopped && problem === null && found < wanted
  useLoadWhile(goesOn, pages)

  const more = () => {
    setWanted(found + enough)
    setStopped(false)
    if (search.by === 'nothing') loadMore()
  }
  return (
    <section className="card table-card" aria-busy={isLoading || goesOn}>
      <SearchState
        search={search}
        found={found}
        isSearching={isLoading || goesOn}
        isStopped={isStopped && hasMore}
        hasMore={hasMore}
        onStop={() => setStopped(true)}
        onContinue={more}
        onSearch={onSearch}
      />
      <TryAgain {...pages} />
      {found > 0 && <PeopleTable accounts={items} />}
      {!goesOn && !isStopped && found > 0 && <LoadMore pages={{ hasMore, isLoadingMore, loadMore: more }} />}
    </section>
  )
}
