import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Guessed } from '../../domain/refused-guesses/events.ts'
import type { Caller } from '../caller.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { NewId, Now } from '../ports/clock.ts'
import { unknownCallersOf } from '../sessions/seal-origin.ts'
import { addGuesses, busiest, type Guesses, type GuessWindow, oneGuess, type Source } from './guess-window.ts'

type GuessNeeds = {
  readonly decide: Journal['decide']
  readonly now: Now
  readonly newId: NewId
  readonly crypto: Pick<Needs<'crypto'>['crypto'], 'vault' | 'indexNetwork'>
}

/** Sealed for unknown callers, whoever it was: nobody knows. */
const sealSource =
  ({ crypto, now }: GuessNeeds) =>
  ({ network, address, count }: Source) =>
    pipe(
      crypto.vault.seal(unknownCallersOf(now()), 'address', address),
      TE.map((ipAddress) => ({ networkIndex: crypto.indexNetwork(network), ipAddress, count })),
    )

const sealGuesses =
  (needs: GuessNeeds) =>
  ([guessed, guesses]: readonly [Guessed, Guesses]) =>
    pipe(
      busiest(guesses),
      TE.traverseSeqArray(sealSource(needs)),
      TE.map((sources) => {
        const { count, networks, hasMoreNetworks } = guesses
        return { guessed, count, networks: networks.size, hasMoreNetworks, sources: [...sources] }
      }),
    )

const append = (needs: GuessNeeds, { guesses, from, to }: GuessWindow) => {
  const metadata = { actor: 'system', correlationId: needs.newId(), causationId: null }
  return pipe(
    [...guesses],
    TE.traverseSeqArray(sealGuesses(needs)),
    TE.chainW((sealed) => needs.decide(streams.refusedGuesses(to), { type: 'record', guesses: [...sealed], from, to }, metadata)),
  )
}

/** One event in each window, whatever strangers do. */
export function refusedGuesses(needs: GuessNeeds) {
  let window: GuessWindow | null = null
  return {
    count: (guessed: Guessed, { networks: [network], address }: Caller) => {
      window = addGuesses(window, oneGuess(guessed, { network, address }, needs.now()))
    },

    /** What the log does not take is recorded with the next window. */
    record: async () => {
      const ended = window
      window = null
      if (ended === null || !isLeft(await append(needs, ended)())) return
      window = window === null ? ended : addGuesses(ended, window)
    },
  }
}
