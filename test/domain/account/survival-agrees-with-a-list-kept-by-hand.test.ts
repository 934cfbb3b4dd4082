import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type State, survives } from '../../../domain/account/state.ts'
import { aHistory, type Noted, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'

/** The name of the case, for the counter. */
const fate = ({ alive, tooLate, bound }: Noted, state: State) => {
  if (!alive) return tooLate ? 'granted too late' : 'ended'
  return state.type === 'active' && bound.accountRevision < state.ended.revision ? 'kept' : 'alive'
}

test('whatever becomes of an account, its events say the same of each session as a list kept by hand', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (moves) => {
      const log = playAccount(moves, (log, noted) => {
        const state = stateAfter(log)
        for (const session of noted) {
          expect(survives(state, session.bound)).toBe(session.alive)
          cases.count(fate(session, state))
        }
      })
      for (const { type } of log) cases.count(type)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(
    50,
    'alive',
    'ended',
    'kept',
    'granted too late',
    'PasswordReplaced',
    'OtherSessionsRevoked',
    'PasswordResetRequested',
    'AccountEnabled',
  )
  cases.expectAtLeast(20, 'AccountErased', 'AllSessionsRevoked')
})

test('a session that is dead stays dead', () => {
  fc.assert(
    fc.property(aHistory, (moves) => {
      const dead = new Set<string>()
      playAccount(moves, (log, noted) => {
        for (const { bound } of noted) {
          const alive = survives(stateAfter(log), bound)
          expect(alive && dead.has(bound.sessionId)).toBe(false)
          if (!alive) dead.add(bound.sessionId)
        }
      })
    }),
  )
})
