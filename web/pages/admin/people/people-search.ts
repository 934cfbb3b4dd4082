export type PeopleSearch = { readonly by: 'nothing' } | { readonly by: 'beginning' | 'address'; readonly text: string }

export const everybody: PeopleSearch = { by: 'nothing' }

const isWholeAddress = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)

/** A whole address is found at once; a beginning takes as long as there are accounts to look at. */
export function searchFor(text: string): PeopleSearch {
  const wanted = text.trim()
  if (wanted === '') return everybody
  return { by: isWholeAddress(wanted) ? 'address' : 'beginning', text: wanted }
}

export function queryOfSearch(search: PeopleSearch): { readonly email?: string; readonly prefix?: string } {
  if (search.by === 'nothing') return {}
  return search.by === 'address' ? { email: search.text } : { prefix: search.text }
}
