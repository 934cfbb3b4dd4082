import { right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import { GuessesRefused, type RefusedGuessesEvent } from './events.ts'

/** Nothing is decided on what was recorded before. */
export type State = Readonly<Record<string, never>>

export type Command = { type: 'record' } & Parameters<typeof GuessesRefused>[0]

/** One stream for each day, so that none becomes long. */
export const refusedGuesses: Decider<State, Command, RefusedGuessesEvent, never> = {
  initial: {},
  evolve: (state) => state,
  decide: ({ guesses, from, to }) => right(guesses.length === 0 ? [] : [GuessesRefused({ guesses, from, to })]),
}
