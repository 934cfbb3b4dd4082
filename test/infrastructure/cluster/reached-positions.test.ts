import { describe, expect, test } from 'vitest'
import { reachedPositions } from '../../../infrastructure/cluster/reached-positions.ts'

describe('waiting for a position', () => {
  test('is no waiting where it was reached', () => {
    const reached = reachedPositions(1_000)
    reached.moveTo(5)
    expect([reached.reach(0), reached.reach(5), reached.position()]).toEqual([true, true, 5])
  })

  test('ends when it is reached, and not before', async () => {
    const reached = reachedPositions(60_000)
    let isThere = false
    const waiting = Promise.resolve(reached.reach(7)).then((answer) => {
      isThere = true
      return answer
    })
    reached.moveTo(6)
    await new Promise((resolve) => setImmediate(resolve))
    expect(isThere).toBe(false)
    reached.moveTo(8)
    expect(await waiting).toBe(true)
  })

  test('ends when the patience does', async () => {
    expect(await reachedPositions(5).reach(7)).toBe(false)
  })

  test('is refused to whoever comes when a thousand wait, until one of them is done', async () => {
    const reached = reachedPositions(60_000)
    const waiting = Array.from({ length: 1_000 }, (_, n) => reached.reach(n + 1))
    expect(reached.reach(1_001)).toBe(false)
    reached.moveTo(1)
    expect(await waiting[0]).toBe(true)
    const next = reached.reach(1_001)
    expect(next).toBeInstanceOf(Promise)
    reached.close()
    expect(await Promise.all([...waiting.slice(1), next])).toEqual(Array.from({ length: 1_000 }, () => false))
  })
})
