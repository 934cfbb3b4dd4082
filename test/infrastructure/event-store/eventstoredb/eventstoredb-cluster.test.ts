import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { got, newEvents, newStream, restOfLog } from '../../../contract/event-store/support.ts'
import type { SeenNode } from '../../../support/event-store-stand-in/cluster.ts'
import { createLog } from '../../../support/event-store-stand-in/log.ts'
import { type AppendResult, appendUntil, expectWhole } from '../append-results.ts'
import { clusterForTest, standInCluster, testedCluster } from './cluster-for-test.ts'
import { openStore } from './eventstoredb-for-test.ts'

/** `ROUNDS=20` for the long run. */
const rounds = Number(process.env.ROUNDS ?? 2)
const callers = 8

describe(`the EventStoreDB store on ${testedCluster}`, () => {
  const timeout = 60_000 + rounds * 120_000
  test(`goes on when the leader dies: one effect of each append (${rounds} rounds)`, { timeout }, async () => {
    const cluster = await clusterForTest()
    const store = await openStore(cluster.url, { callMs: 60_000, attemptMs: 2_500 })
    try {
      const before = await got(store.head())
      const results: AppendResult[] = []
      let isOver = false
      const appending = Promise.all(Array.from({ length: callers }, () => appendUntil(store, () => isOver, results)))
      const more = async () => {
        const acknowledged = results.length
        while (results.length < acknowledged + 5 * callers) await setTimeout(5)
      }
      for (let round = 0; round < rounds; round++) {
        await more()
        await cluster.killLeader()
        await more()
        await cluster.start()
      }
      isOver = true
      await appending
      expectWhole(await restOfLog(store, before, 4_000), results)
      expect(results.filter(({ outcome }) => outcome === 'unavailable')).toEqual([])
    } finally {
      await store.close()
      await cluster.stop()
    }
  })
})

describe('the head of a cluster of stand-ins', () => {
  /** The first node believes that it leads; the others follow `followed`. */
  const disputed =
    (followed: number) =>
    (node: number, ports: readonly number[]): readonly SeenNode[] =>
      ports.map((port, other) => ({ port, type: other === (node === 0 ? 0 : followed) ? 'leader' : 'follower', isAlive: true }))

  const headWhere = async (followed: number, dead: readonly number[] = []) => {
    let others = 0
    const [old, newer] = [createLog(), createLog()]
    const cluster = await standInCluster([old, newer, newer], (node, ports) => disputed(others)(node, ports))
    const store = await openStore(`esdb://127.0.0.1:${cluster.ports[0]}?tls=false`, { callMs: 2_000, attemptMs: 1_000 })
    others = followed
    for (const node of dead) cluster.nodes[node]?.kill()
    const head = await store.head()()
    await store.close()
    await cluster.stop()
    return head._tag === 'Right' ? 'answered' : head.left.type
  }

  test('is what the leader says that the others follow, or enough of them', async () => {
    expect(await headWhere(0)).toBe('answered')
    expect(await headWhere(0, [2])).toBe('answered')
  })

  test('is not what a leader says whom nobody follows any more, or about whom nobody can be asked', async () => {
    expect(await headWhere(1)).toBe('unavailable')
    expect(await headWhere(0, [1, 2])).toBe('unavailable')
  })

  test('is what the new leader says when the old one is gone', async () => {
    const cluster = await standInCluster([createLog()])
    const store = await openStore(cluster.url)
    const { position } = await got(store.append(newStream(), 'no_stream', newEvents(1)))
    await cluster.killLeader()
    expect(await got(store.head())).toBe(position)
    await store.close()
    await cluster.stop()
  })
})
