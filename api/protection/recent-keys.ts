import { randomSipKey, sipHash } from './sip-hash.ts'

/** Milliseconds. `now` is monotonic. */
type Options = { readonly window: number; readonly now: () => number; readonly slots?: number }

/** Remembers keys for the length of the window. The state cannot grow: a key may be taken for a recent one, but no recent key is forgotten. */
export function recentKeys({ window, now, slots = 2 ** 19 }: Options) {
  const [first, second] = [new Uint32Array(slots), new Uint32Array(slots)]
  const secret = randomSipKey()
  const until = (at: number) => Math.ceil((at + window) / 1000)
  return {
    has: (key: string) => {
      const [one, other] = sipHash(secret, key)
      return now() / 1000 < Math.min(first[one % slots] ?? 0, second[other % slots] ?? 0)
    },
    add: (key: string) => {
      const [one, other] = sipHash(secret, key)
      const end = until(now())
      first[one % slots] = Math.max(first[one % slots] ?? 0, end)
      second[other % slots] = Math.max(second[other % slots] ?? 0, end)
    },
  }
}
