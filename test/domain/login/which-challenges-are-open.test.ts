import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, openIn, playChallenges } from '../../support/domain/challenge-history.ts'

test('the open challenges are those that the events name: ten at most, and a lock leaves them', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state, conflicts } = playChallenges(history)
      for (let length = 0; length <= log.length; length++) {
        const past = log.slice(0, length)
        const { challenges } = state(past)
        expect([...challenges.keys()]).toEqual(openIn(past))
        expect(challenges.size).toBeLessThanOrEqual(10)
        if (challenges.size > 0) cases.count(log[length]?.type ?? 'the end')
        if (challenges.size === 10) cases.count(`${log[length]?.type} with ten open`)
      }
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 400 },
  )
  cases.expectAtLeast(4, 'ChallengeIssued', 'ChallengeIssued with ten open', 'LoginLocked', 'a lost race')
})

test('what no longer is open is never answered', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playChallenges(history)
      for (const [index, event] of log.entries()) {
        if (event.type !== 'ChallengeAnswered') continue
        expect(openIn(log.slice(0, index))).toContain(event.data.challengeHash)
        cases.count('answered')
      }
      cases.count('none there', outcomes.filter(({ refusal }) => refusal?.type === 'no_such_challenge').length)
    }),
    { numRuns: 150 },
  )
  cases.expectAtLeast(20, 'answered', 'none there')
})
