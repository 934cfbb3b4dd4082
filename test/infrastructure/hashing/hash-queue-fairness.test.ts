import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { HashTurn } from '../../../application/ports/hasher.ts'
import { hashQueue } from '../../../infrastructure/hashing/hash-queue.ts'
import { allFor, owner, type Queue, settled, stranger, taken } from '../../support/hash-turns.ts'

const options = { concurrency: 2, queueLimit: 64, expected: 10 }

/** Callers who ask for as many places as they get, again after each job that is done. */
const crowdAt = (queue: Queue, turns: readonly HashTurn[]) => {
  const ends: (() => void)[] = []
  const ask = () => {
    for (const place of turns.flatMap((turn) => allFor(queue, turn))) void place.run(() => new Promise<void>((end) => ends.push(end)))
  }
  ask()
  return async (n: number) => {
    ends.splice(n % ends.length, 1)[0]?.()
    await settled()
    ask()
  }
}

/** How many jobs of others are done before the one of the newcomer is started. */
const waitOf = async (queue: Queue, turn: HashTurn, endOne: (n: number) => Promise<void>, order: readonly number[]) => {
  let isOn = false
  void taken(queue.reserve(turn)).run(async () => {
    isOn = true
  })
  let done = 0
  for (; !isOn; done += 1) await endOne(order[done % order.length] ?? 0)
  return done
}

const anyOrder = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 })

describe('a newcomer at the queue in front of the hash', () => {
  test('finds a place however many networks keep all that they get, and waits for one job of each, not for all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 35 }), anyOrder, async (networks, order) => {
        const queue = hashQueue(options)
        const endOne = crowdAt(
          queue,
          Array.from({ length: networks }, (_, n) => stranger(n)),
        )
        // Where many come at once, those who came first hold too much for a while.
        for (let n = 0; networks > 15 && n < 500; n += 1) await endOne(0)
        expect(await waitOf(queue, stranger(999), endOne, order)).toBeLessThanOrEqual(networks + options.concurrency)
      }),
      { numRuns: 60 },
    )
  })

  test('is admitted while one place is free, whatever others hold', () => {
    const turn = fc.nat(30).map(stranger)
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 300 }), (turns) => {
        const queue = hashQueue(options)
        const crowd = turns.filter((turn) => isRight(queue.reserve(turn))).length
        expect(isRight(queue.reserve(stranger(999)))).toBe(crowd < 82)
      }),
    )
  })

  test('who is alone gets eight ninths of the queue, and those of newcomers and accounts are beside it', () => {
    expect(allFor(hashQueue(options), stranger(1))).toHaveLength(59)
    expect(allFor(hashQueue({ ...options, queueLimit: 1_000 }), stranger(1))).toHaveLength(891)
  })

  test('with a known device or session finds a place whatever strangers hold, and the other way round', () => {
    const [full, other] = [hashQueue(options), hashQueue(options)]
    for (let n = 0; n < 500; n += 1) {
      full.reserve(stranger(n))
      other.reserve(owner(n))
    }
    expect([full.taken(), isRight(full.reserve(stranger(999)))]).toEqual([82, false])
    expect(isRight(full.reserve(owner(1, stranger(1).network)))).toBe(true)
    expect(isRight(other.reserve(stranger(999)))).toBe(true)
    expect(isRight(other.reserve(owner(999, '192.0.2.2')))).toBe(true)
  })

  test('with an account of the same network as those who hold every share of it finds a place', () => {
    const queue = hashQueue(options)
    expect(allFor(queue, owner(1)).length).toBe(13 + 59)
    expect(allFor(queue, stranger(1)).length).toBeGreaterThan(0)
    expect(isRight(queue.reserve(owner(2)))).toBe(true)
  })

  test('waits for one job of each account and of each network, whichever of the two it is', async () => {
    const newcomers = fc.constantFrom(stranger(999), owner(999))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        newcomers,
        anyOrder,
        async (m, k, newcomer, order) => {
          const queue = hashQueue(options)
          const accounts = Array.from({ length: m }, (_, n) => owner(n))
          const strangers = Array.from({ length: k }, (_, n) => stranger(n))
          const waited = await waitOf(queue, newcomer, crowdAt(queue, [...accounts, ...strangers]), order)
          // Accounts that ask for more than their share use that of their network.
          expect(waited).toBeLessThanOrEqual(2 * Math.max(m, k + 1) + options.concurrency)
        },
      ),
      { numRuns: 40 },
    )
  })
})
