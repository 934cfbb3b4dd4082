import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

const mostKeys = 10_000

/** Counts in memory what is recorded by key and window, so that nobody can fill the log. Beyond 10,000 keys in a window the counts are incomplete. */
export function foldedWindow<Key, Counted>(joined: (a: Counted, b: Counted) => Counted) {
  let window = new Map<Key, Counted>()

  const add = (key: Key, counted: Counted) => {
    const known = window.get(key)
    if (known !== undefined) window.set(key, joined(known, counted))
    else if (window.size < mostKeys) window.set(key, counted)
  }

  return {
    add,
    /** Ends the window. What the log does not take is recorded with the next one. */
    record: async (append: (key: Key, counted: Counted) => TaskEither<unknown, unknown>) => {
      const ended = window
      window = new Map()
      for (const [key, counted] of ended) if (isLeft(await append(key, counted)())) add(key, counted)
    },
  }
}
