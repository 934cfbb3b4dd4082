import type { RecordedEvent } from '../ports/event-store.ts'
import type { Loaded } from './aggregate.ts'
import { lruCache } from './lru-cache.ts'

/** A bounded memory of folded states; what was not used for long goes first. */
export function stateCache(limit: number) {
  const states = lruCache<Loaded<unknown> & { readonly isDoubted: boolean }>(limit)
  const doubt = (stream: string) => {
    const folded = states.get(stream)
    if (folded !== undefined) states.keep(stream, { ...folded, isDoubted: true })
  }
  return {
    keep: <State>(stream: string, folded: Loaded<State>) => states.keep(stream, { ...folded, isDoubted: false }),
    get: <State>(stream: string) => states.get(stream) as Loaded<State> | undefined,
    undoubted: <State>(stream: string) => {
      const folded = states.get(stream)
      return folded?.isDoubted === false ? (folded as Loaded<State>) : undefined
    },
    /** An append on this state was refused: either there is more to read, or it was folded from what the log no longer has. */
    doubt,
    /** There was nothing more to read. Whether the state had been doubted; then it is gone. */
    dropIfDoubted: (stream: string): boolean => {
      if (states.get(stream)?.isDoubted !== true) return false
      states.drop(stream)
      return true
    },
    /** An event was seen in the log. It is not folded: whoever showed it may not be the leader, and the event gone tomorrow. */
    observe: ({ stream, revision }: RecordedEvent) => {
      const folded = states.get(stream)
      if (folded !== undefined && folded.revision < revision) doubt(stream)
    },
    clear: states.clear,
  }
}
