import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockAtStart } from '../../../infrastructure/clock/clock-at-start.ts'
import { type ClockEvent, trustedClock } from '../../../infrastructure/clock/trusted-clock.ts'

const noon = Date.parse('2026-11-28T12:00:00Z')
const hour = 3_600_000
const day = 24 * hour

const clocks = (options: { readonly acceptJump?: boolean; readonly seen?: number } = {}) => {
  const at = { wall: noon, elapsed: 5_000, uptime: 90_000 }
  const events: ClockEvent['type'][] = []
  const clock = trustedClock(options.seen ?? 0, {
    wall: () => at.wall,
    elapsed: () => at.elapsed,
    uptime: () => at.uptime,
    ...options,
    onEvent: ({ type }) => events.push(type),
  })
  const pass = (ms: number) => {
    at.wall += ms
    at.elapsed += ms
    at.uptime += ms
    clock.now()
  }
  return { at, clock, events, pass }
}

describe('a wall clock that jumps by more than an hour', () => {
  test.each([365 * day, -365 * day, hour + 2_000, -hour - 2_000])('by %i ms is not believed, and told once', (jump) => {
    const { at, clock, events, pass } = clocks()
    pass(60_000)
    at.wall += jump
    pass(1_000)
    pass(1_000)
    expect(clock.hasJumped()).toBe(true)
    expect(events).toEqual(['jumped'])
    expect([clock.now(), clock.wall()]).toEqual([noon + 62_000, noon + 62_000])
  })

  test('is believed again when it is right again, and leaves nothing behind', () => {
    const { at, clock, events, pass } = clocks()
    at.wall += 365 * day
    pass(1_000)
    at.wall -= 365 * day
    pass(1_000)
    expect(clock.hasJumped()).toBe(false)
    expect(events).toEqual(['jumped', 'restored'])
    expect(clock.now()).toBe(noon + 2_000)
  })

  test('cannot do it in steps of less than an hour', () => {
    const { at, clock, pass } = clocks()
    for (let n = 0; n < 3; n++) {
      at.wall += 0.9 * hour
      pass(60_000)
    }
    expect(clock.hasJumped()).toBe(true)
  })

  test('is only followed where the operator accepts it', () => {
    const { at, clock, events } = clocks({ acceptJump: true })
    at.wall += 365 * day
    expect(clock.now()).toBe(noon + 365 * day)
    at.wall -= 365 * day
    expect(clock.wall()).toBe(noon)
    expect(clock.now()).toBe(noon + 365 * day)
    expect(events).toEqual([])
  })
})

test('a machine that slept has no clock that jumped', () => {
  const { at, clock, events } = clocks()
  at.wall += 60 * hour
  at.uptime += 60 * hour
  expect(clock.now()).toBe(noon + 60 * hour)
  expect([clock.hasJumped(), events]).toEqual([false, []])
})

test('a clock that is corrected a little each day is right for years', () => {
  const { at, clock, pass, events } = clocks()
  for (let n = 0; n < 1_000; n++) {
    at.wall += 60_000
    pass(day + 1)
  }
  expect([clock.hasJumped(), events]).toEqual([false, []])
})

test('however the wall clock moves, time is at most an hour a day off the monotonic clock and never goes back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ wall: fc.integer({ min: -400 * day, max: 400 * day }), elapsed: fc.integer({ min: 0, max: hour }) })),
      (steps) => {
        const { at, clock } = clocks()
        let last = clock.now()
        let elapsed = 0
        for (const step of steps) {
          at.wall += step.wall
          at.elapsed += step.elapsed
          elapsed += step.elapsed
          const now = clock.now()
          expect(now).toBeGreaterThanOrEqual(last)
          expect(now - noon - elapsed).toBeLessThanOrEqual((hour + 1_000) * (1 + elapsed / day))
          last = now
        }
      },
    ),
  )
})

test('at the start it is compared with the newest event and the last run', () => {
  const at = (wall: number, newest: number, lastAlive = 0) => clockAtStart({ wall, newest, lastAlive })
  expect(at(noon, 0)).toBe('plausible')
  expect(at(noon, noon + day)).toBe('plausible')
  expect(at(noon, noon + day + 1)).toBe('behind')
  expect(at(noon + day, noon)).toBe('plausible')
  expect(at(noon + day + 1, noon)).toBe('ahead')
  expect(at(noon + 7 * day, noon, noon + 6 * day)).toBe('plausible')
})
