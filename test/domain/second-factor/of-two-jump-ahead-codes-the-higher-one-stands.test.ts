import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secondFactor } from '../../../domain/second-factor/decider.ts'
import { codesLeft, isUsable } from '../../../domain/second-factor/recovery-codes.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { attemptId } from '../../support/domain/ids.ts'
import { interleave, someTurns } from '../../support/domain/interleave.ts'
import { active, attempt, jumpAhead, recoveryCode, settle } from '../../support/domain/second-factor-examples.ts'

const count = 10
const decider = secondFactor({ maxAttempts: 5, lockout: 1000, lockoutMax: 8000 })
const twoNumbers = fc.uniqueArray(fc.integer({ min: 1, max: count - 1 }), { minLength: 2, maxLength: 2 })

test('of two jump-ahead codes at once the higher one always succeeds, the lower one only if it came first', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(twoNumbers, someTurns(1, fc.nat(9)), (numbers, turns) => {
      const users = numbers.map((number, n) => [() => attempt(n + 2), () => settle(n + 2, recoveryCode(number))])
      const toTheEnd = Array.from({ length: 12 }, (_, n) => ({ user: n % 2, wait: 0 }))
      const { log, conflicts } = interleave(decider, active(jumpAhead(1, count)), users, [...turns, ...toTheEnd])

      const lower = Math.min(...numbers)
      const higher = Math.max(...numbers)
      const settled = log.filter(({ type }) => type === 'RecoveryCodeUsed' || type === 'CodeRejected')
      const first = settled[0]
      const lowerCameFirst =
        first !== undefined && 'attemptId' in first.data && first.data.attemptId === attemptId(numbers.indexOf(lower) + 2)
      const won = log.flatMap((event) => (event.type === 'RecoveryCodeUsed' ? [event.data.number] : []))
      expect(won).toEqual(lowerCameFirst ? [lower, higher] : [higher])
      expect(settled).toHaveLength(2)

      let mark = 0
      for (let length = active().length; length <= log.length; length++) {
        const { factor } = log.slice(0, length).reduce(decider.evolve, decider.initial)
        if (factor.type === 'none') throw new Error('The factor is gone')
        const good = Array.from({ length: count }, (_, n) => n + 1).filter((number) => isUsable(factor.recovery, number))
        const lowest = good[0] ?? Number.NaN
        expect(good).toEqual(Array.from({ length: count - lowest + 1 }, (_, n) => lowest + n))
        expect(codesLeft(factor.recovery)).toBe(good.length)
        expect(lowest).toBeGreaterThan(mark)
        mark = lowest - 1
      }
      expect(mark).toBe(higher)
      cases.count(lowerCameFirst ? 'the lower one first' : 'the higher one first')
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(30, 'the lower one first', 'the higher one first', 'a lost race')
})
