import { describe, expect, test } from 'vitest'
import { reachedPositions } from '../../../infrastructure/cluster/reached-positions.ts'

const somebody = { account: 'ada', network: '192.0.2.1' }
const strangerAt = (network: number) => ({ account: undefined, network: `192.0.2.${network}` })
const accountNumber = (n: number) => ({ account: String(n), network: '192.0.2.1' })

describe('waiting for a position', () => {
  test('is no waiting where it was reached', () => {
    const reached = reachedPositions(1_000)
    reached.moveTo(5)
    expect([reached.reach(0, somebody), reached.reach(5, somebody), reached.position()]).toEqual([true, true, 5])
  })

  test('ends when it is reached, and not before', async () => {
    const reached = reachedPositions(60_000)
    let isThere = false
    const waiting = Promise.resolve(reached.reach(7, somebody)).then((answer) => {
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
    expect(await reachedPositions(5).reach(7, somebody)).toBe(false)
  })

  test('is refused to an account that waits ten times, and to a network without a session, until one of these is done', async () => {
    for (const who of [somebody, strangerAt(7)]) {
      const reached = reachedPositions(60_000)
      const waiting = Array.from({ length: 10 }, (_, n) => reached.reach(n + 1, who))
      expect(reached.reach(11, who)).toBe(false)
      reached.moveTo(1)
      expect(await waiting[0]).toBe(true)
      const next = reached.reach(11, who)
      expect(next).toBeInstanceOf(Promise)
      reached.close()
      expect(await Promise.all([...waiting.slice(1), next])).toEqual(Array.from({ length: 10 }, () => false))
    }
  })

  test('has places that strangers cannot take', () => {
    const reached = reachedPositions(60_000)
    for (let n = 0; n < 2_000; n += 1) void reached.reach(1, strangerAt(n))
    expect(reached.reach(1, strangerAt(5_000))).toBe(false)
    expect(reached.reach(1, somebody)).toBeInstanceOf(Promise)
    reached.close()
  })

  test('has an end for accounts too', () => {
    const reached = reachedPositions(60_000)
    for (let n = 0; n < 1_000; n += 1) expect(reached.reach(1, accountNumber(n))).toBeInstanceOf(Promise)
    expect(reached.reach(1, somebody)).toBe(false)
    reached.close()
  })
})
