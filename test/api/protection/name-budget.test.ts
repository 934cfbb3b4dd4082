import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { callerNetworks } from '../../../api/protection/address.ts'
import { nameBudget } from '../../../api/protection/name-budget.ts'
import { recentKeys } from '../../../api/protection/recent-keys.ts'
import type { Networks } from '../../../application/caller.ts'
import type { NamePlace } from '../../../application/ports/name-budget.ts'
import { blindIndex } from '../../support/domain/ids.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const heapUsed = () => {
  collect()
  return process.memoryUsage().heapUsed
}

const hour = 3_600_000
const home: Networks = ['192.0.2.1']

/** Three subnets in each of three blocks of one site. */
const networksOf = (n: number) => callerNetworks(`2001:db8:1:${(Math.floor(n / 3) * 256 + (n % 3)).toString(16)}::1`)

/** Attempts begin, and end in any order with any outcome, while time passes. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ name: fc.nat(12), from: fc.nat(8) }) },
  { weight: 2, arbitrary: fc.record({ ends: fc.nat(), hasFailed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ passes: fc.integer({ min: 0, max: 1_000_000 }) }) },
)

type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never

type Attempt = { readonly place: NamePlace; readonly networks: Networks; readonly name: number; readonly began: number }

/** Counts each name that fails once an hour, for every network that it came from. */
const failureCounter = (budget: number) => {
  const failedAt = new Map<string, number>()
  const failures = new Map<string, number>()
  const add = ({ networks, name, began }: Attempt, at: number) => {
    const key = `${networks[0]} ${name}`
    if (began - (failedAt.get(key) ?? Number.NEGATIVE_INFINITY) <= hour + 1_000) return
    failedAt.set(key, at)
    for (const [level, network] of networks.entries()) {
      const failed = (failures.get(`${level} ${network}`) ?? 0) + 1
      failures.set(`${level} ${network}`, failed)
      const allowed = budget * 4 ** level
      expect(failed).toBeLessThanOrEqual(allowed + Math.floor((at * allowed) / hour + 1e-9))
    }
  }
  return { add, most: () => Math.max(0, ...failures.values()) }
}

const play = (budget: number, steps: readonly Step[]) => {
  let at = 0
  const take = nameBudget({ budget, now: () => at })
  const open: Attempt[] = []
  const counter = failureCounter(budget)
  const begin = (from: number, name: number) => {
    const networks = networksOf(from)
    const place = take(networks, blindIndex(name))()
    if (!isLeft(place)) open.push({ place: place.right, networks, name, began: at })
  }
  const end = (n: number, hasFailed: boolean) => {
    const [attempt] = open.splice(n % Math.max(1, open.length), 1)
    attempt?.place.settle(hasFailed ? 'failed' : 'not_failed')
    if (attempt !== undefined && hasFailed) counter.add(attempt, at)
  }
  for (const one of steps) {
    if ('passes' in one) at += one.passes
    else if ('from' in one) begin(one.from, one.name)
    else end(one.ends, one.hasFailed)
  }
  return counter.most()
}

describe('names with failures', () => {
  test('are never more than the budget of each network, however attempts interleave and end', () => {
    let most = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 400, size: 'max' }), (budget, steps) => {
        most = Math.max(most, play(budget, steps))
      }),
      { numRuns: 60 },
    )
    expect(most).toBeGreaterThan(8)
  })

  test('are exactly the budget, and begun attempts count until they end', () => {
    const take = nameBudget({ budget: 7, now: () => 1.5 })
    const begun = Array.from({ length: 50 }, (_, n) => take(home, blindIndex(n))())
    const passed = begun.flatMap((place) => (isLeft(place) ? [] : [place.right]))
    expect(passed).toHaveLength(7)
    for (const place of passed) place.settle('failed')
    expect(take(home, blindIndex(60))()).toMatchObject({ left: { type: 'names_spent', retryAfter: expect.any(Number) } })
  })

  test('become free one by one', () => {
    let at = 0
    const take = nameBudget({ budget: 60, now: () => at })
    const fail = (n: number) => {
      const place = take(home, blindIndex(n))()
      if (isLeft(place)) return place.left.retryAfter
      place.right.settle('failed')
      return null
    }
    for (let n = 0; n < 60; n += 1) expect(fail(n)).toBeNull()
    expect(fail(60)).toBe(60)
    at += 60_000
    expect(fail(60)).toBeNull()
    expect(fail(61)).toBe(60)
  })
})

test('right passwords never use the budget up, however many there are and however long they take', () => {
  const attempts = fc.array(fc.record({ name: fc.nat(200), takes: fc.nat(5), passes: fc.nat(30_000) }), { maxLength: 200, size: 'max' })
  fc.assert(
    fc.property(attempts, (attempts) => {
      let at = 5
      const take = nameBudget({ budget: 6, now: () => at })
      const open: NamePlace[] = []
      for (const { name, takes, passes } of attempts) {
        const place = take(home, blindIndex(name))()
        if (!isLeft(place)) open.push(place.right)
        at += passes
        while (open.length > takes) open.shift()?.settle('not_failed')
      }
      for (const place of open) place.settle('not_failed')
      const passed = Array.from({ length: 20 }, (_, n) => take(home, blindIndex(1_000 + n))()).filter((place) => !isLeft(place))
      expect(passed).toHaveLength(6)
    }),
    { numRuns: 40 },
  )
})

describe('a name that failed from a network', () => {
  const spend = (now: () => number) => {
    const take = nameBudget({ budget: 2, now })
    for (const n of [1, 2]) {
      const place = take(home, blindIndex(n))()
      if (!isLeft(place)) place.right.settle('failed')
    }
    return take
  }

  test('is still checked there when the budget is spent, and takes no other place', () => {
    const take = spend(() => 0)
    for (let n = 0; n < 10; n += 1) {
      const place = take(home, blindIndex(1))()
      if (isLeft(place)) expect.unreachable()
      else place.right.settle('failed')
    }
    expect(isLeft(take(home, blindIndex(3))())).toBe(true)
  })

  test('counts again after an hour, and anew from another network', () => {
    let at = 0
    const take = spend(() => at)
    expect(isLeft(take(['192.0.2.9'], blindIndex(3))())).toBe(false)
    at = hour + 1_000
    for (const n of [3, 4]) expect(isLeft(take(home, blindIndex(n))())).toBe(false)
    expect(isLeft(take(home, blindIndex(1))())).toBe(true)
  })

  test('is not one that was right', () => {
    const take = nameBudget({ budget: 1, now: () => 0 })
    const right = take(home, blindIndex(1))()
    if (!isLeft(right)) right.right.settle('not_failed')
    const other = take(home, blindIndex(2))()
    if (!isLeft(other)) other.right.settle('failed')
    expect(isLeft(take(home, blindIndex(1))())).toBe(true)
  })
})

test('a budget of nothing is no limit', () => {
  const take = nameBudget({ budget: 0, now: () => 0 })
  for (let n = 0; n < 1_000; n += 1) expect(isLeft(take(home, blindIndex(n))())).toBe(false)
})

describe('the memory of keys', () => {
  test('forgets no recent key, however many others there are, and every key in the end', () => {
    let at = 0
    const keys = recentKeys({ window: hour, now: () => at, slots: 64 })
    for (let n = 0; n < 10_000; n += 1) keys.add(`key ${n}`)
    at = hour - 1
    for (let n = 0; n < 10_000; n += 1) expect(keys.has(`key ${n}`)).toBe(true)
    at = hour + 1_000
    expect(keys.has('key 1')).toBe(false)
  })

  test('does not grow', () => {
    const take = nameBudget({ budget: 60, now: () => 0 })
    const tryFrom = (n: number) => {
      const place = take([`192.0.2.${n % 5_000}`], blindIndex(n))()
      if (!isLeft(place)) place.right.settle(n % 3 === 0 ? 'failed' : 'not_failed')
    }
    for (let n = 0; n < 50_000; n += 1) tryFrom(n)
    const before = heapUsed()
    for (let n = 50_000; n < 300_000; n += 1) tryFrom(n)
    // One entry kept for each attempt would be some 30 MB.
    expect(heapUsed() - before).toBeLessThan(3_000_000)
  })
})
