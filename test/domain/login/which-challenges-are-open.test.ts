import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aHistory, openIn, playChallenges } from '../../support/domain/challenge-history.ts'
import { tally } from '../../support/domain/tally.ts'

test('at every point of every history which challenges are open, ten at most and none from before a lock, can be read off the list of events', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state, conflicts } = playChallenges(history)
      for (let length = 0; length <= log.length; length++) {
        const past = log.slice(0, length)
        const { challenges } = state(past)
        expect([...challenges.keys()]).toEqual(openIn(past))
        expect(challenges.size).toBeLessThanOrEqual(10)
        if (challenges.size > 0) seen.saw(log[length]?.type ?? 'the end')
        if (challenges.size === 10) seen.saw(`${log[length]?.type} with ten open`)
      }
      seen.saw('a lost race', conflicts)
    }),
    { numRuns: 150 },
  )
  seen.expectAtLeast(4, 'ChallengeIssued', 'ChallengeIssued with ten open', 'LoginLocked', 'a lost race')
})

test('what no longer is open is never answered', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playChallenges(history)
      for (const [index, event] of log.entries()) {
        if (event.type !== 'ChallengeAnswered') continue
        expect(openIn(log.slice(0, index))).toContain(event.data.challengeHash)
        seen.saw('answered')
      }
      seen.saw('none there', outcomes.filter(({ refusal }) => refusal?.type === 'no_such_challenge').length)
    }),
    { numRuns: 150 },
  )
  seen.expectAtLeast(20, 'answered', 'none there')
})
