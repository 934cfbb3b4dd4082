import fc from 'fast-check'
import { isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { hashQueue } from '../../../infrastructure/hashing/hash-queue.ts'
import { allFor, everyPlace, owner, placesOf, settled, stranger, taken } from '../../support/hash-turns.ts'

/** Jobs that end when the test ends them, in any order. */
const jobs = () => {
  const started: number[] = []
  const ends = new Map<number, () => void>()
  const job = (name: number) => () => {
    started.push(name)
    return new Promise<void>((end) => ends.set(name, end))
  }
  return { started, job, end: (name: number) => ends.get(name)?.() }
}

describe('the queue in front of the hash', () => {
  test('counts the places that are taken, each given back once, and each refusal', async () => {
    let refused = 0
    const onRefused = () => {
      refused += 1
    }
    const { reserve, taken: count } = hashQueue({ concurrency: 2, queueLimit: 0, expected: 10, onRefused })
    const [first, second] = [taken(reserve(stranger(1))), taken(reserve(stranger(2)))]
    expect(isRight(reserve(stranger(3)))).toBe(false)
    expect(count()).toBe(2)
    const running = first.run(async () => {})
    first.leave()
    expect(count()).toBe(2)
    await running
    first.leave()
    second.leave()
    second.leave()
    expect([count(), refused]).toEqual([0, 1])
  })

  test('gives a place to those who wait for one when one is given back, in order, and counts no refusal', async () => {
    let refused = 0
    const onRefused = () => {
      refused += 1
    }
    const { reserve, reserveWhenFree, taken: count } = hashQueue({ concurrency: 1, queueLimit: 1, expected: 10, onRefused })
    const places = [1, 2].map((name) => taken(reserve(stranger(name))))
    const got: number[] = []
    const waiting = [3, 4, 5].map(async (name) => {
      const place = await reserveWhenFree(stranger(name))
      got.push(name)
      await place.run(async () => {})
    })
    await settled()
    expect([got, count()]).toEqual([[], 2])
    places[0]?.leave()
    await Promise.all(waiting)
    places[1]?.leave()
    expect([got, count(), refused]).toEqual([[3, 4, 5], 0, 0])
  })

  test('tells how many run and wait, with those that have a place and no password yet', async () => {
    const { job, end } = jobs()
    const { reserve, load } = hashQueue({ concurrency: 2, queueLimit: 6, expected: 10 })
    const places = [1, 2, 3, 4].map((name) => taken(reserve(stranger(name))))
    expect(load()).toEqual({ running: 0, waiting: 4, places: 12 })
    const outcomes = places.slice(1).map((place, name) => place.run(job(name)))
    await settled()
    expect(load()).toEqual({ running: 2, waiting: 2, places: 12 })
    for (const name of [0, 1, 2]) {
      end(name)
      await settled()
    }
    await Promise.all(outcomes)
    places[0]?.leave()
    expect(load()).toEqual({ running: 0, waiting: 0, places: 12 })
  })

  test('runs so many at once, and the others in the order in which their networks came', async () => {
    const { started, job, end } = jobs()
    const { reserve } = hashQueue({ concurrency: 2, queueLimit: 6, expected: 10 })
    const outcomes = [1, 2, 3, 4, 5].map((name) => taken(reserve(stranger(name))).run(job(name)))
    await settled()
    expect(started).toEqual([1, 2])
    end(2)
    await settled()
    expect(started).toEqual([1, 2, 3])
    for (const name of [1, 3, 4, 5]) {
      end(name)
      await settled()
    }
    expect(started).toEqual([1, 2, 3, 4, 5])
    await Promise.all(outcomes)
  })

  test('has no place beyond its limit, and one again when a job is done', async () => {
    const { job, end } = jobs()
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 1, expected: 10 })
    const first = taken(reserve(stranger(1))).run(job(1))
    taken(reserve(stranger(2)))
    expect(reserve(stranger(3))).toEqual(left({ type: 'overloaded', retryAfter: 1 }))
    end(1)
    await first
    expect(isRight(reserve(stranger(3)))).toBe(true)
    expect(isRight(reserve(stranger(4)))).toBe(false)
  })

  test('has a place for an account beside those of strangers, and the other way round', () => {
    for (const [first, second] of [
      [stranger(1), owner(1)],
      [owner(1), stranger(1)],
    ] as const) {
      const { reserve } = hashQueue({ concurrency: 1, queueLimit: 0, expected: 10 })
      expect([first, second, stranger(2), owner(2)].map((turn) => isRight(reserve(turn)))).toEqual([true, true, false, false])
    }
  })

  test('says when to come again by what stands before and how long a job takes', () => {
    const queue = hashQueue({ concurrency: 2, queueLimit: 8, expected: 900 })
    expect(everyPlace(queue)).toBe(placesOf(10))
    expect(queue.reserve(stranger(1))).toEqual(left({ type: 'overloaded', retryAfter: 7 }))
  })

  test('gets an unused place back once, however often it is given back', () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 0, expected: 10 })
    const place = taken(reserve(stranger(1)))
    place.leave()
    place.leave()
    expect(isRight(reserve(stranger(1)))).toBe(true)
    expect(isRight(reserve(stranger(2)))).toBe(false)
  })

  test('gives a place for one job only', async () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 1, expected: 10 })
    const place = taken(reserve(stranger(1)))
    await place.run(async () => {})
    await expect(place.run(async () => {})).rejects.toThrow('good for one job')
    const left = taken(reserve(stranger(1)))
    left.leave()
    await expect(left.run(async () => {})).rejects.toThrow('good for one job')
  })

  test('goes on after a job that failed', async () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 0, expected: 10 })
    const failing = taken(reserve(stranger(1))).run(() => Promise.reject(new Error('no memory')))
    await expect(failing).rejects.toThrow('no memory')
    expect(await taken(reserve(stranger(1))).run(async () => 'done')).toBe('done')
  })

  test('does not wait for places whose holders are not there yet', async () => {
    const { started, job } = jobs()
    const queue = hashQueue({ concurrency: 2, queueLimit: 64, expected: 10 })
    expect(allFor(queue, stranger(1)).length + allFor(queue, owner(1)).length).toBeGreaterThan(30)
    void taken(queue.reserve(stranger(2))).run(job(1))
    await settled()
    expect(started).toEqual([1])
  })

  test('never runs more than it may, loses nobody and runs nobody twice, and has all places again, whatever happens', async () => {
    const act = fc.record({
      act: fc.constantFrom('run' as const, 'fail' as const, 'leave' as const, 'leave_late' as const),
      turn: fc.oneof(
        fc.nat(3).map(stranger),
        fc.tuple(fc.nat(3), fc.nat(3)).map(([account, n]) => owner(account, stranger(n).network)),
      ),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.nat(9),
        fc.array(act, { maxLength: 40 }),
        async (concurrency, queueLimit, acts) => {
          const queue = hashQueue({ concurrency, queueLimit, expected: 10 })
          const ran: number[] = []
          let [running, most, owed] = [0, 0, 0]
          const work = async (n: number, fails: boolean) => {
            ran.push(n)
            running += 1
            most = Math.max(most, running)
            await settled()
            running -= 1
            if (fails) throw new Error('no memory')
          }
          const ends = acts.map(async ({ act, turn }, n) => {
            const place = queue.reserve(turn)
            expect(queue.taken()).toBeLessThanOrEqual(placesOf(concurrency + queueLimit))
            if (!isRight(place)) return
            if (act === 'leave') return place.right.leave()
            owed += 1
            await place.right.run(() => work(n, act === 'fail')).catch(() => {})
            if (act === 'leave_late') place.right.leave()
          })
          await Promise.all(ends)
          expect(most).toBeLessThanOrEqual(concurrency)
          expect([ran.length, new Set(ran).size]).toEqual([owed, owed])
          expect(queue.taken()).toBe(0)
          expect(everyPlace(queue)).toBe(placesOf(concurrency + queueLimit))
        },
      ),
      { numRuns: 100 },
    )
  })
})
