import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharedPlaces } from '../../../infrastructure/queues/shared-places.ts'

type Places = ReturnType<typeof sharedPlaces>

const takeAll = (places: Places, key: string) => {
  let own = 0
  while (places.take(key)) own += 1
  return own
}

/** What it must do, from the list of who holds a place. */
const mayTake = (limit: number, holders: readonly string[], key: string) => {
  const own = holders.filter((holder) => holder === key).length
  const free = limit - holders.length
  return own === 0 ? free > 0 : own < 8 * (free - Math.floor(limit / 5))
}

const stepsWith = (places: Places, limit: number) => {
  const holders: string[] = []
  const give = (key: string) => {
    const place = holders.indexOf(key)
    if (place === -1) return
    holders.splice(place, 1)
    places.giveBack(key)
  }
  const take = (key: string) => {
    const may = mayTake(limit, holders, key)
    expect(places.take(key)).toBe(may)
    if (may) holders.push(key)
  }
  return { holders, give, take }
}

describe('places that are shared by key', () => {
  test('go to one key by eight ninths, and to others by eight times what is free, without the fifth of newcomers', () => {
    const places = sharedPlaces(50)
    expect([takeAll(places, 'a'), takeAll(places, 'b'), takeAll(places, 'c'), places.taken()]).toEqual([36, 4, 1, 41])
    for (let n = 0; n < 12; n += 1) places.giveBack('a')
    expect([takeAll(places, 'c'), takeAll(places, 'b'), places.taken()]).toEqual([10, 1, 40])
  })

  test('are at most so many for one key, if that is said', () => {
    expect(takeAll(sharedPlaces(1_000, 10), 'a')).toBe(10)
  })

  test.each([1, 2, 3])('go to one each, if there are %i', (limit) => {
    const places = sharedPlaces(limit)
    const keys = ['a', 'b', 'c'].slice(0, limit)
    expect(keys.map(places.take)).toEqual(keys.map(() => true))
    expect(['a', 'd'].map(places.take)).toEqual([false, false])
    places.giveBack('a')
    expect(places.take('d')).toBe(true)
  })

  test('whoever takes and gives back: no more than there are, one for each newcomer while one is free, and nothing is remembered', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 12 }).map(String), does: fc.constantFrom('take' as const, 'give' as const) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 120 }), (limit, steps) => {
        const places = sharedPlaces(limit)
        const { holders, ...does } = stepsWith(places, limit)
        for (const step of steps) {
          does[step.does](step.key)
          expect([places.taken(), places.keys()]).toEqual([holders.length, new Set(holders).size])
          expect(holders.length).toBeLessThanOrEqual(limit)
        }
        for (const key of [...holders]) does.give(key)
        expect([places.taken(), places.keys()]).toEqual([0, 0])
      }),
      { numRuns: 500 },
    )
  })
})
