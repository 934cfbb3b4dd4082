import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { session } from '../../../domain/session/decider.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { refreshTokenOf, tokenOf } from '../../support/domain/session-history.ts'
import { grant } from '../../support/domain/sessions.ts'
import { noon } from '../../support/domain/time.ts'

const hour = 3_600_000
const decider = session({ idle: hour, absolute: 24 * hour, elevation: hour, refresh: 12 * hour, refreshGrace: 0, maxFailures: 3 })
const start = decider.decide(grant(tokenOf(0), refreshTokenOf(0), noon), decider.initial)

test('of many who use one refresh token at the same time one gets a new one, and the second ends the family', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.boolean(), someTurns(7, fc.nat(1000)), (people, together, turns) => {
      const users = Array.from({ length: people }, (_, n) => [
        (at: typeof noon) => ({
          type: 'refresh' as const,
          presented: refreshTokenOf(0),
          counter: 1,
          tokenHash: tokenOf(n + 1),
          refreshHash: refreshTokenOf(n + 1),
          survives: true,
          at,
        }),
      ])
      const first = together ? users.map((_, user) => ({ user, wait: 0 })) : []
      const all = users.flatMap((_, user) => Array.from({ length: people + 2 }, () => ({ user, wait: 0 })))
      const { outcomes, conflicts, log } = interleave(decider, isRight(start) ? start.right : [], users, [...first, ...turns, ...all])
      const types = outcomes.map(({ events, refusal }) => events.map(({ type }) => type).join() || refusal?.type)
      const expected = [
        'RefreshTokenRotated',
        'RefreshTokenReuseDetected,SessionRevoked',
        ...Array.from({ length: people }, () => 'session_not_active'),
      ]
      expect(types).toEqual(expected.slice(0, people))
      expect(log.at(-1)?.type).toBe(people === 1 ? 'RefreshTokenRotated' : 'SessionRevoked')
      cases.count('decided on the same state, lost, decided again', conflicts)
    }),
  )
  cases.expectAtLeast(50, 'decided on the same state, lost, decided again')
})
