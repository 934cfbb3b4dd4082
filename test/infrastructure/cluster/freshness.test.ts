import { describe, expect, test } from 'vitest'
import { freshness } from '../../../infrastructure/cluster/freshness.ts'

/** Both clocks advance together, unless a test moves one. */
const watched = (maxStaleness = 2_000) => {
  const at = { elapsed: 1_000, wall: 1_700_000_000_000 }
  const fresh = freshness(maxStaleness, { elapsed: () => at.elapsed, wall: () => at.wall })
  const pass = (ms: number) => {
    at.elapsed += ms
    at.wall += ms
  }
  return { fresh, at, pass }
}

describe('read models are fresh', () => {
  test('only once the log was asked', () => {
    const { fresh } = watched()
    fresh.reached(1_000)
    expect([fresh.isFresh(), fresh.age()]).toEqual([false, Number.POSITIVE_INFINITY])
  })

  test('as of the moment before the question, however late the answer comes', () => {
    const { fresh, pass } = watched()
    const asked = fresh.moment()
    pass(1_500)
    fresh.record(asked, 7, 7)
    expect([fresh.isFresh(), fresh.age()]).toEqual([true, 1_500])
    pass(500)
    expect(fresh.isFresh()).toBe(true)
    pass(1)
    expect(fresh.isFresh()).toBe(false)
  })

  test('not before they have reached the head that was told', () => {
    const { fresh, pass } = watched()
    const asked = fresh.moment()
    fresh.record(asked, 7, 5)
    expect(fresh.isFresh()).toBe(false)
    fresh.reached(6)
    expect(fresh.isFresh()).toBe(false)
    pass(300)
    fresh.reached(7)
    expect(fresh.age()).toBe(300)
  })

  test('as of the newest head that they have reached, while newer ones are still ahead', () => {
    const { fresh, pass } = watched()
    for (const head of [10, 20, 30]) {
      fresh.record(fresh.moment(), head, 0)
      pass(100)
    }
    fresh.reached(25)
    expect(fresh.age()).toBe(200)
    fresh.reached(30)
    expect(fresh.age()).toBe(100)
  })

  test('not as of an older question whose answer comes after a newer one', () => {
    const { fresh, pass } = watched()
    const older = fresh.moment()
    pass(1_000)
    fresh.record(fresh.moment(), 5, 5)
    fresh.record(older, 5, 5)
    expect(fresh.age()).toBe(0)
  })

  test('no longer on a machine that was suspended, whose monotonic clock stood still', () => {
    const { fresh, at } = watched()
    fresh.record(fresh.moment(), 5, 5)
    at.wall += 3_600_000
    expect(fresh.isFresh()).toBe(false)
  })

  test('no longer for the wall clock being set back', () => {
    const { fresh, at } = watched()
    fresh.record(fresh.moment(), 5, 5)
    at.wall -= 3_600_000
    at.elapsed += 2_001
    expect(fresh.isFresh()).toBe(false)
  })

  test('never on the strength of a head that was heard of before they were thrown away', () => {
    const { fresh } = watched()
    fresh.record(fresh.moment(), 5, 5)
    fresh.record(fresh.moment(), 9, 5)
    fresh.reset()
    fresh.reached(9)
    expect(fresh.isFresh()).toBe(false)
  })

  test('never again once they are not kept any more', () => {
    const { fresh } = watched()
    fresh.end()
    fresh.record(fresh.moment(), 5, 5)
    expect(fresh.isFresh()).toBe(false)
  })

  test('for the first time once, and once again after each loss', () => {
    const { fresh } = watched()
    let gained = 0
    fresh.onGained(() => {
      gained += 1
    })
    for (let round = 0; round < 3; round++) fresh.record(fresh.moment(), 5, 5)
    fresh.reset()
    fresh.record(fresh.moment(), 5, 4)
    expect(gained).toBe(1)
    fresh.reached(5)
    expect(gained).toBe(2)
  })
})
