import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { monotoneClock } from '../../../infrastructure/clock/monotone-clock.ts'
import { settableClock } from '../../../infrastructure/clock/settable-clock.ts'

const noon = Date.parse('2026-06-01T12:00:00.000Z')

const clocks = (seen: number) => {
  const at = { wall: noon, elapsed: 0 }
  return { at, now: monotoneClock({ seen, wall: () => at.wall, elapsed: () => at.elapsed }) }
}

describe('the clock', () => {
  test('is the wall clock while that goes on', () => {
    const { at, now } = clocks(0)
    expect(now()).toBe(noon)
    at.wall += 5
    expect(now()).toBe(noon + 5)
  })

  test('starts no earlier than what the log has seen', () => {
    expect(clocks(noon + 60_000).now()).toBe(noon + 60_000)
  })

  test('set back by a day, goes on from where it was by the time that really passes', () => {
    const { at, now } = clocks(0)
    now()
    at.wall -= 86_400_000
    expect(now()).toBe(noon)
    at.elapsed += 1_500.7
    expect(now()).toBe(noon + 1_500)
  })

  test('follows the wall clock again once that has caught up', () => {
    const { at, now } = clocks(noon + 10)
    now()
    at.elapsed += 4
    at.wall += 50
    expect(now()).toBe(noon + 50)
    at.wall -= 1
    at.elapsed += 1_000
    expect(now()).toBe(noon + 50)
  })

  test('never goes back, whatever the wall clock does', () => {
    const step = fc.record({ wall: fc.integer({ min: -100_000, max: 100_000 }), elapsed: fc.double({ min: 0, max: 1_000, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { at, now } = clocks(noon)
        let before = now()
        for (const { wall, elapsed } of steps) {
          at.wall += wall
          at.elapsed += elapsed
          const next = now()
          expect(next).toBeGreaterThanOrEqual(Math.max(before, at.wall))
          expect(Number.isSafeInteger(next)).toBe(true)
          before = next
        }
      }),
    )
  })
})

describe('the clock of the tests', () => {
  test('stands still until it is told, and does not go back either', () => {
    const clock = settableClock(instant(noon))
    clock.advance(7)
    clock.set(instant(noon))
    expect(clock.now()).toBe(noon + 7)
  })
})
