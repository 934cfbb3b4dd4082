import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternately, roundRobin } from '../../../infrastructure/queues/round-robin.ts'

const drained = <Item>(next: () => Item | undefined) => {
  const items: Item[] = []
  for (let item = next(); item !== undefined; item = next()) items.push(item)
  return items
}

describe('items in line by key', () => {
  test('come one of each key in turn, and those of one key as they came', () => {
    const line = roundRobin<string>()
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) line.push(item.slice(0, 1), item)
    expect(line.next()).toBe('a1')
    line.push('d', 'd1')
    expect(drained(line.next)).toEqual(['b1', 'c1', 'a2', 'd1', 'b2', 'a3'])
    expect(line.keys()).toBe(0)
  })

  test('wait, however they come and go, for one item of each key that waits, and none is lost', () => {
    const step = fc.oneof(fc.constant('next' as const), fc.nat(5))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const line = roundRobin<{ readonly key: string; readonly n: number; readonly deadline: number }>()
        const waiting = new Map<string, number>()
        let [taken, left] = [0, 0]
        const took = () => {
          const item = line.next()
          if (item === undefined) return false
          taken += 1
          left -= 1
          expect(taken).toBeLessThanOrEqual(item.deadline)
          waiting.set(item.key, (waiting.get(item.key) ?? 0) - 1)
          return true
        }
        for (const [n, next] of steps.entries()) {
          if (next === 'next') {
            const isAny = left > 0
            expect(took()).toBe(isAny)
            continue
          }
          const key = String(next)
          const keys = [...waiting].filter(([, count]) => count > 0).length
          const own = waiting.get(key) ?? 0
          line.push(key, { key, n, deadline: own === 0 ? taken + keys + 1 : Number.POSITIVE_INFINITY })
          waiting.set(key, own + 1)
          left += 1
        }
        while (took());
        expect([left, line.keys()]).toEqual([0, 0])
      }),
      { numRuns: 500 },
    )
  })

  test('of several lines come alternately while more than one has any', () => {
    const [a, b] = [
      ['a1', 'a2'],
      ['b1', 'b2', 'b3'],
    ]
    const next = alternately([() => a?.shift(), () => b?.shift()])
    expect(next()).toBe('a1')
    expect(drained(next)).toEqual(['b1', 'a2', 'b2', 'b3'])
    a?.push('a3')
    b?.push('b4')
    expect(drained(next)).toEqual(['a3', 'b4'])
  })
})
