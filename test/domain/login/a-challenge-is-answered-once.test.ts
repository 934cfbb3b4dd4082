import fc from 'fast-check'
import { expect, test } from 'vitest'
import { login } from '../../../domain/login/decider.ts'
import { ChallengeIssued } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, challengeOf, playChallenges } from '../../support/domain/challenge-history.ts'
import { tokenHash } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { noon } from '../../support/domain/time.ts'

const decider = login({ maxAttempts: 3, lockout: 1000, lockoutMax: 8000, challengeLifetime: null })

test('of many who answer one challenge at once exactly one does, and the others find none', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 6 }), someTurns(5, fc.nat(9)), (voids, turns) => {
      const users = voids.map((isVoid) => [
        () => ({ type: 'answer' as const, challengeHash: tokenHash(1), void: isVoid ? ('credentials_changed' as const) : null, at: noon }),
      ])
      const everybody = users.map((_, user) => ({ user, wait: 0 }))
      const toTheEnd = Array.from({ length: 9 }, () => everybody).flat()
      const { outcomes, conflicts } = interleave(decider, [ChallengeIssued({ ...challengeOf(1), at: noon })], users, [
        ...everybody,
        ...turns,
        ...toTheEnd,
      ])
      const lost = outcomes.filter(({ refusal }) => refusal?.type === 'no_such_challenge')
      expect(lost).toHaveLength(voids.length - 1)
      const won = outcomes.flatMap(({ user, events }) => events.map(({ type }) => ({ isVoid: voids[user], type })))
      expect(won).toHaveLength(1)
      for (const { isVoid, type } of won) {
        expect(type).toBe(isVoid ? 'ChallengeVoided' : 'ChallengeAnswered')
        cases.count(type)
      }
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(20, 'ChallengeAnswered', 'ChallengeVoided', 'a lost race')
})

test('in every history a challenge is answered or void at most once, after it was issued', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log } = playChallenges(history)
      const open = new Set<string>()
      for (const event of log) {
        if (event.type === 'ChallengeIssued') open.add(event.data.challengeHash)
        if (event.type !== 'ChallengeAnswered' && event.type !== 'ChallengeVoided') continue
        expect(open.delete(event.data.challengeHash)).toBe(true)
        cases.count(event.type)
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(20, 'ChallengeAnswered', 'ChallengeVoided')
})
