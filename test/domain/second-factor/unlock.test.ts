import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { mostFailuresInARow } from '../../../domain/second-factor/code-policy.ts'
import {
  active,
  attempt,
  attempted,
  decider,
  locked,
  rejected,
  settle,
  step,
  unlock,
  unlocked,
} from '../../support/domain/second-factor-examples.ts'
import { given } from '../../support/given.ts'

const failures = Array.from({ length: mostFailuresInARow }, (_, n) => [attempted(n + 10, 'elevation'), rejected(n + 10)]).flat()

describe('an administrator who unlocks code entry', () => {
  test('ends a lock', () =>
    given(decider, [...active(), locked()])
      .when(unlock(1))
      .then(unlocked(1)))
  test('lets codes in at once', () =>
    given(decider, [...active(), locked(), unlocked(1)])
      .when(attempt(2, 'login', 2))
      .then(attempted(2, 'login', 2)))
  test('makes the next lock the first one', () =>
    given(decider, [...active(), locked(0, 3), unlocked(1), attempted(2), rejected(2), attempted(3)])
      .when(settle(3, { type: 'nothing' }, 4))
      .then(rejected(3, 4), locked(4, 1)))
  test('lets codes in after a hundred failures in a row', () => {
    given(decider, [...active(), ...failures])
      .when(attempt(2, 'login', 1))
      .thenRefused({ type: 'code_entry_ended' })
    given(decider, [...active(), ...failures, unlocked(1)])
      .when(attempt(2, 'login', 2))
      .then(attempted(2, 'login', 2))
  })
  test('forgets the failures before', () =>
    given(decider, [...active(), attempted(2), rejected(2)])
      .when(unlock(1))
      .then(unlocked(1)))
  test('of what is not locked changes nothing', () => {
    given(decider, active()).when(unlock(1)).thenNothing()
    given(decider, [...active(), locked(), unlocked(1)])
      .when(unlock(2))
      .thenNothing()
  })
  test('of somebody without a second factor changes nothing', () => given(decider).when(unlock(1)).thenNothing())
  test('leaves a code that is being checked, and counts it', () => {
    const state = [...active(), attempted(2), attempted(3), unlocked(1)].reduce(decider.evolve, decider.initial)
    expect(state.entry.pending.size).toBe(2)
    expect(isRight(decider.decide(settle(2, step(101), 2), state))).toBe(true)
    given(decider, [...active(), attempted(2), attempted(3), unlocked(1)])
      .when(attempt(4, 'login', 2))
      .thenRefused({ type: 'attempts_pending' })
  })
  test('keeps the count of locks that voids challenges', () => {
    const state = [...active(), locked(), unlocked(1)].reduce(decider.evolve, decider.initial)
    expect(state.entry.locks).toBe(1)
  })
})
