import type { RecordedEvent } from '../ports/event-store.ts'
import type { Loaded } from './aggregate.ts'
import { lruCache } from './lru-cache.ts'

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
    /** An append on this state failed: there is more to read, or the log has lost what it was folded from. */
    doubt,
    /** Returns whether the state was doubted. The log had nothing more to say. */
    dropIfDoubted: (stream: string): boolean => {
      if (states.get(stream)?.isDoubted !== true) return false
      states.drop(stream)
      return true
    },
    /** The event is not folded: a node that is not the leader may have shown it, and the log may lose it. */
    observe: ({ stream, revision }: RecordedEvent) => {
      const folded = states.get(stream)
      if (folded !== undefined && folded.revision < revision) doubt(stream)
    },
    clear: states.clear,
  }
}
