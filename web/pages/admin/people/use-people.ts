import { useGatebook } from '../../../react/gatebook-context.ts'
import { usePages } from '../../loading/use-pages.ts'
import { type PeopleSearch, queryOfSearch } from './people-search.ts'

export function usePeople(search: PeopleSearch) {
  const { call } = useGatebook()
  return usePages(
    ['people', search],
    (place) => call('GET /admin/accounts', { query: { ...queryOfSearch(search), ...place } }),
    ({ accounts }) => accounts,
  )
}
