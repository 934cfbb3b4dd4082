import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventReader } from '../../../domain/kernel/reader.ts'
import type { State } from '../../../domain/login/decider.ts'
import { login } from '../../../domain/login/decider.ts'
import { type LoginEvent, loginEvents } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory as ofChallenges, playChallenges } from '../../support/domain/challenge-history.ts'
import { aHistory as ofAttempts, playLogin } from '../../support/domain/login-history.ts'

const { initial, evolve, summary } = login({ maxAttempts: 1, lockout: 1, lockoutMax: 1, challengeLifetime: null })
const { encode, decode } = eventReader(loginEvents)

/** The summary as it is read from the log. */
const summed = (state: State, next: LoginEvent): LoginEvent => {
  const event = summary?.of(state, next)
  const decoded = event && decode(JSON.parse(JSON.stringify(encode(event))))
  if (decoded?._tag !== 'Right') throw new Error('a summary that cannot be read')
  return decoded.right
}

const histories = [
  ['attempts', ofAttempts.map((history) => playLogin(history).log)],
  ['challenges', ofChallenges.map((history) => playChallenges(history).log)],
] as const

test.each(histories)(
  'at every point of every history of %s it makes the state that all before it made, whatever it comes upon',
  (_of, logs) => {
    const cases = caseCounter()
    fc.assert(
      fc.property(logs, fc.nat(60), (log, length) => {
        const stranger = log.slice(0, length).reduce(evolve, initial)
        let state = initial
        for (const next of log) {
          const event = summed(state, next)
          expect(event.type).toBe(summary?.type)
          expect(evolve(initial, event)).toEqual(state)
          expect(evolve(stranger, event)).toEqual(state)
          const lane = state.lanes.get(null)
          cases.count(lane?.until == null ? 'open' : 'locked')
          if (lane !== undefined && lane.budget.pending.size > 0) cases.count('with attempts that are not settled')
          if (state.challenges.size > 0) cases.count('with challenges')
          state = evolve(state, next)
        }
      }),
      { numRuns: 200 },
    )
    cases.expectAtLeast(20, 'open', 'locked', 'with attempts that are not settled', ...(_of === 'challenges' ? ['with challenges'] : []))
  },
)

test('it is dated by the event that it stands before', () => {
  fc.assert(
    fc.property(histories[0][1], (log) => {
      for (const next of log) {
        const at = next.type === 'LoginAttemptsRefused' ? next.data.to : next.data.at
        expect(summed(initial, next).data).toMatchObject({ at })
      }
    }),
    { numRuns: 20 },
  )
})
