import { expect, test } from 'vitest'
import { instant } from '../../domain/kernel/instant.ts'
import { settableClock } from '../../infrastructure/clock/settable-clock.ts'
import { codeAt, newSecret } from '../../infrastructure/otp/one-time-code.ts'
import { unusedCodes } from '../../testing/people/unused-codes.ts'

const secret = newSecret()
const step = 60_000_000

test.each([
  [0, step],
  [24_999, step],
  [25_000, step + 1],
  [29_999, step + 1],
])('a code that is asked for after %i ms of its time step is of the step %i, which the clock is in', (after, expected) => {
  const clock = settableClock(instant(step * 30_000 + after))
  expect(unusedCodes(clock)(secret)).toBe(codeAt(secret, expected))
  expect(Math.floor(clock.now() / 30_000)).toBe(expected)
})
