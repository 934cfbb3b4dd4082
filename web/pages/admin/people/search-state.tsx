import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import type { PeopleSearch } from './people-search.ts'

type SearchStateProps = {
  readonly search: PeopleSearch
  readonly found: number
  readonly isSearching: boolean
  readonly isStopped: boolean
  readonly hasMore: boolean
  readonly onStop: () => void
  readonly onContinue: () => void
  readonly onSearch: (search: PeopleSearch) => void
}

/** How far the list is, in words, and what can be done about it. */
export function SearchState({ search, found, isSearching, isStopped, hasMore, onStop, onContinue, onSearch }: SearchStateProps) {
  const texts = useTexts(peopleTexts)
  const isMiss = !isSearching && !hasMore && found === 0 && search.by === 'address'
  return (
    <div className="search-state">
      {isSearching && <span className="gb-spinner" aria-hidden="true" />}
      <span role="status">{wordsOf({ search, found, isSearching, isStopped, hasMore }, texts)}</span>
      {isSearching && search.by === 'beginning' && (
        <Button look="quiet" onClick={onStop}>
          {texts.stopSearch}
        </Button>
      )}
      {isStopped && (
        <Button look="quiet" onClick={onContinue}>
          {texts.continueSearch}
        </Button>
      )}
      {isMiss && (
        <Button look="quiet" onClick={() => onSearch({ by: 'beginning', text: search.text })}>
          {texts.searchBeginning}
        </Button>
      )}
    </div>
  )
}

type State = Pick<SearchStateProps, 'search' | 'found' | 'isSearching' | 'isStopped' | 'hasMore'>

function wordsOf(
  { search, found, isSearching, isStopped, hasMore }: State,
  texts: ReturnType<typeof useTexts<(typeof peopleTexts)['en']>>,
) {
  if (isSearching) return texts.searching(found)
  if (isStopped) return texts.stopped(found)
  if (search.by === 'nothing') return texts.shown(found, !hasMore)
  if (found > 0) return texts.found(found)
  return search.by === 'address' ? texts.foundNobodyExact : texts.foundNobody
}
