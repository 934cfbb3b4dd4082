import { recentlyUsed } from './recently-used.ts'

/** What the events of a stream add up to, and the revision of the last of them. */
export type Folded<State> = { readonly state: State; readonly revision: number }

/** A bounded memory of folded states; what was not used for long goes first. */
export const foldedStates = (limit: number) => {
  const states = recentlyUsed<Folded<unknown> & { readonly doubted: boolean }>(limit)
  return {
    keep: <State>(stream: string, folded: Folded<State>) => states.keep(stream, { ...folded, doubted: false }),
    /** An append on this state was refused: either there is more to read, or it was folded from what the log no longer has. */
    doubt: (stream: string) => {
      const folded = states.get(stream)
      if (folded !== undefined) states.keep(stream, { ...folded, doubted: true })
    },
    /** There was nothing more to read. Whether the state had been doubted; then it is gone. */
    dropIfDoubted: (stream: string): boolean => {
      if (states.get(stream)?.doubted !== true) return false
      states.drop(stream)
      return true
    },
    clear: states.clear,
    get: <State>(stream: string) => states.get(stream) as Folded<State> | undefined,
  }
}
