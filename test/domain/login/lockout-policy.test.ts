import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lockedUntil } from '../../../domain/kernel/lockout-policy.ts'
import { later, noon } from '../../support/domain/time.ts'

const policy = { maxAttempts: 5, lockout: 60_000, lockoutMax: 3_600_000 }

test('a minute, then twice as long each time, up to an hour', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8].map((run) => (lockedUntil(policy, run, noon) - noon) / 60_000)
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
})

test('a lock begins when it is put on', () => expect(lockedUntil(policy, 1, later(7))).toBe(later(60_007)))

test('however many there were in a row, the lock has an end, and never a later one than the longest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (run) => {
      const until = lockedUntil(policy, run, noon)
      expect(until).toBeGreaterThanOrEqual(later(policy.lockout))
      expect(until).toBeLessThanOrEqual(later(policy.lockoutMax))
    }),
  )
})
