import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes, size } from '../../support/domain/code-history.ts'
import { inForce, isActive, moments, spentNumbers } from '../../support/domain/code-scan.ts'

test('of one set no recovery code is spent twice; of a jump-ahead set none below the highest, which never goes back', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, codes } = playCodes(history)
      for (const { event, past } of moments(log, 'RecoveryCodeUsed')) {
        const { number } = event.data
        const scheme = inForce(past)?.set.scheme
        const spent = spentNumbers(past)
        expect(isActive(past)).toBe(true)
        expect(Array.from({ length: size }, (_, n) => n + 1)).toContain(number)
        if (scheme === 'single-use') expect(spent).not.toContain(number)
        else expect(number).toBeGreaterThan(Math.max(0, ...spent))
        if (spent.length > 0) cases.count(`${scheme}, another`)
      }
      for (const { event, past } of moments(log, 'CodeRejected')) {
        const code = codes.get(event.data.attemptId)?.code
        const again = code?.type === 'recovery_code' && spentNumbers(past).includes(code.number)
        if (again) cases.count(`${inForce(past)?.set.scheme}, the same again`)
      }
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(4, 'single-use, another', 'single-use, the same again', 'jump-ahead, another', 'jump-ahead, the same again')
})
