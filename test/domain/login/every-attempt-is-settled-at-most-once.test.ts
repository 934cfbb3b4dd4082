import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'
import { tally } from '../../support/domain/tally.ts'

test('every attempt is settled at most once, and only after it was counted', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playLogin(history)
      const pending = new Set<string>()
      for (const event of log) {
        if (event.type === 'LoginAttempted') pending.add(event.data.attemptId)
        if (event.type !== 'PasswordAccepted' && event.type !== 'PasswordRejected') continue
        expect(pending.delete(event.data.attemptId)).toBe(true)
        seen.saw('a settlement')
      }
      seen.saw('never settled', pending.size)
      seen.saw('settled by somebody else', outcomes.filter(({ refusal }) => refusal?.type === 'attempt_not_pending').length)
    }),
    { numRuns: 300 },
  )
  seen.expectAtLeast(50, 'a settlement', 'never settled', 'settled by somebody else')
})
