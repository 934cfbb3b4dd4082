import { type Instant, instant } from '../../domain/kernel/instant.ts'
import type { Guessed } from '../../domain/refused-guesses/events.ts'

/** In the clear, but in memory only. */
export type Source = { readonly network: string; readonly address: string; readonly count: number }

/** `count` is exact. */
export type Guesses = { readonly count: number; readonly hasMoreNetworks: boolean; readonly networks: Map<string, Source> }

export type GuessWindow = { readonly guesses: Map<Guessed, Guesses>; readonly from: Instant; readonly to: Instant }

const mostNetworks = 2_000
const mostSources = 10

const addSources = (networks: Map<string, Source>, more: Iterable<Source>) => {
  let areKept = true
  for (const { network, address, count } of more) {
    const known = networks.get(network)
    if (known !== undefined) networks.set(network, { ...known, count: known.count + count })
    else if (networks.size < mostNetworks) networks.set(network, { network, address, count })
    else areKept = false
  }
  return areKept
}

export function oneGuess(guessed: Guessed, source: Omit<Source, 'count'>, at: Instant): GuessWindow {
  const networks = new Map([[source.network, { ...source, count: 1 }]])
  return { guesses: new Map([[guessed, { count: 1, hasMoreNetworks: false, networks }]]), from: at, to: at }
}

/** Reuses the maps of `window`, because it is called for each guess. */
export function addGuesses(window: GuessWindow | null, more: GuessWindow): GuessWindow {
  if (window === null) return more
  const { guesses } = window
  for (const [guessed, { count, hasMoreNetworks, networks }] of more.guesses) {
    const known = guesses.get(guessed) ?? { count: 0, hasMoreNetworks: false, networks: new Map<string, Source>() }
    const areKept = addSources(known.networks, networks.values())
    const hasMore = known.hasMoreNetworks || hasMoreNetworks || !areKept
    guesses.set(guessed, { count: known.count + count, hasMoreNetworks: hasMore, networks: known.networks })
  }
  return { guesses, from: instant(Math.min(window.from, more.from)), to: instant(Math.max(window.to, more.to)) }
}

export function busiest({ networks }: Guesses): readonly Source[] {
  return [...networks.values()].toSorted((a, b) => b.count - a.count).slice(0, mostSources)
}
