import { describe, test } from 'vitest'
import { refusedGuesses } from '../../../domain/refused-guesses/decider.ts'
import { GuessesRefused } from '../../../domain/refused-guesses/events.ts'
import { blindIndex, sealed } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const source = { networkIndex: blindIndex(1), ipAddress: sealed('address'), count: 3 }
const guesses = [{ guessed: 'setup_token' as const, count: 3, networks: 1, hasMoreNetworks: false, sources: [source] }]
const window = { guesses, from: noon, to: later(59_000) }

describe('guesses of strangers', () => {
  test('are one event a window', () =>
    given(refusedGuesses)
      .when({ type: 'record', ...window })
      .then(GuessesRefused(window)))

  test('are recorded again in the next window', () =>
    given(refusedGuesses, [GuessesRefused(window)])
      .when({ type: 'record', ...window })
      .then(GuessesRefused(window)))

  test('of nothing are no event', () =>
    given(refusedGuesses)
      .when({ type: 'record', ...window, guesses: [] })
      .thenNothing())
})
