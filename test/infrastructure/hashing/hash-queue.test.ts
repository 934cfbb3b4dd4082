import fc from 'fast-check'
import { type Either, isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { hashQueue, type Place } from '../../../infrastructure/hashing/hash-queue.ts'

const settled = () => new Promise((done) => setImmediate(done))

const taken = (place: Either<unknown, Place>) => {
  if (isRight(place)) return place.right
  throw new Error('There was no place')
}

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
    const [first, second] = [taken(reserve()), taken(reserve())]
    expect(isRight(reserve())).toBe(false)
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

  test('runs so many at once, and the others in the order in which they came', async () => {
    const { started, job, end } = jobs()
    const { reserve } = hashQueue({ concurrency: 2, queueLimit: 3, expected: 10 })
    const outcomes = [1, 2, 3, 4, 5].map((name) => taken(reserve()).run(job(name)))
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
    const first = taken(reserve()).run(job(1))
    taken(reserve())
    expect(reserve()).toEqual(left({ type: 'overloaded', retryAfter: 1 }))
    end(1)
    await first
    expect(isRight(reserve())).toBe(true)
    expect(isRight(reserve())).toBe(false)
  })

  test('says when to come again by what stands before and how long a job takes', () => {
    const { reserve } = hashQueue({ concurrency: 2, queueLimit: 8, expected: 900 })
    for (let n = 0; n < 10; n += 1) taken(reserve())
    expect(reserve()).toEqual(left({ type: 'overloaded', retryAfter: 5 }))
  })

  test('gets an unused place back once, however often it is given back', () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 0, expected: 10 })
    const place = taken(reserve())
    place.leave()
    place.leave()
    expect(isRight(reserve())).toBe(true)
    expect(isRight(reserve())).toBe(false)
  })

  test('gives a place for one job only', async () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 1, expected: 10 })
    const place = taken(reserve())
    await place.run(async () => {})
    await expect(place.run(async () => {})).rejects.toThrow('good for one job')
    const left = taken(reserve())
    left.leave()
    await expect(left.run(async () => {})).rejects.toThrow('good for one job')
  })

  test('goes on after a job that failed', async () => {
    const { reserve } = hashQueue({ concurrency: 1, queueLimit: 0, expected: 10 })
    const failing = taken(reserve()).run(() => Promise.reject(new Error('no memory')))
    await expect(failing).rejects.toThrow('no memory')
    expect(await taken(reserve()).run(async () => 'done')).toBe('done')
  })

  test('never runs more than it may and never loses a place, whatever happens', async () => {
    const act = fc.constantFrom('run' as const, 'fail' as const, 'leave' as const, 'leave_late' as const)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.nat(4),
        fc.array(act, { maxLength: 30 }),
        async (concurrency, queueLimit, acts) => {
          const { reserve } = hashQueue({ concurrency, queueLimit, expected: 10 })
          let [running, most] = [0, 0]
          const work = async (fails: boolean) => {
            running += 1
            most = Math.max(most, running)
            await settled()
            running -= 1
            if (fails) throw new Error('no memory')
          }
          const ends = acts.map(async (act) => {
            const place = reserve()
            if (!isRight(place)) return
            if (act === 'leave') return place.right.leave()
            await place.right.run(() => work(act === 'fail')).catch(() => {})
            if (act === 'leave_late') place.right.leave()
          })
          await Promise.all(ends)
          expect(most).toBeLessThanOrEqual(concurrency)
          for (let n = 0; n < concurrency + queueLimit; n += 1) taken(reserve())
          expect(isRight(reserve())).toBe(false)
        },
      ),
      { numRuns: 60 },
    )
  })
})
