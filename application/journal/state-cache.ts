import { LRUCache } from 'lru-cache'
import type { RecordedEvent } from '../ports/event-store.ts'
import type { Loaded } from './aggregate.ts'

export function stateCache(limit: number) {
  const states = new LRUCache<string, Loaded<unknown> & { readonly isValid: boolean }>({ max: limit })
  const invalidate = (stream: string) => {
    const folded = states.get(stream)
    if (folded !== undefined) states.set(stream, { ...folded, isValid: false })
  }
  return {
    keep: <State>(stream: string, folded: Loaded<State>) => states.set(stream, { ...folded, isValid: true }),
    get: <State>(stream: string) => states.get(stream) as Loaded<State> | undefined,
    getValid: <State>(stream: string) => {
      const folded = states.get(stream)
      return folded?.isValid === true ? (folded as Loaded<State>) : undefined
    },
    /** An append on this state failed: there is more to read, or the log has lost what it was folded from. */
    invalidate,
    /** Returns whether the state was invalid. The log had nothing more to say. */
    dropInvalid: (stream: string): boolean => states.get(stream)?.isValid === false && states.delete(stream),
    /** The event is not folded: a node that is not the leader may have shown it, and the log may lose it. */
    observe: ({ stream, revision }: RecordedEvent) => {
      const folded = states.get(stream)
      if (folded !== undefined && folded.revision < revision) invalidate(stream)
    },
    clear: () => states.clear(),
  }
}
