import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCheckpoint } from '../../../infrastructure/proofs/notes/checkpoint.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { until } from './node-on.ts'
import { type Cluster, type Node, openCluster } from './support.ts'

/** Long enough for a busy machine. */
const patient = { env: { MAX_STALENESS_MS: '20000' } }

describe('the proofs on the nodes of a cluster', () => {
  let cluster: Cluster
  let nodes: readonly Node[]
  beforeAll(async () => {
    cluster = await openCluster()
    nodes = await Promise.all([cluster.startNode(patient), cluster.startNode(patient)])
    const [one, other] = nodes as [Node, Node]
    const root = await one.setUp(setupToken)
    for (let n = 0; n < 4; n++) await (n % 2 === 0 ? one : other).register({ email: `person${n}@example.org` })
    const gone = await one.register({ email: 'gone@example.org' })
    await one.del(`/admin/accounts/${gone.accountId}`, await one.elevated(root.token))
  })
  afterAll(() => cluster.close())

  const signedBy = async ({ gatebook }: Node) => {
    await until(async () => !isLeft(await gatebook.proofs.checkpoint()), 'a checkpoint')
    const head = await gatebook.proofs.checkpoint()
    return isLeft(head) ? expect.unreachable(head.left.detail) : head.right
  }

  test('are the same tree, under the same key, though each node has built its own', async () => {
    const [one, other] = nodes as [Node, Node]
    let [first, second] = [await signedBy(one), await signedBy(other)]
    await until(async () => {
      ;[first, second] = [await signedBy(one), await signedBy(other)]
      return first.size === second.size && first.size > 20
    }, 'equal sizes')
    expect(second.note).toBe(first.note)
    expect(second.vkey).toBe(first.vkey)
  })

  test('have what a majority has confirmed, and nothing beyond', async () => {
    const [one] = nodes as [Node]
    const { size } = await signedBy(one)
    const tiles = await one.gatebook.proofs.tiles()
    if (isLeft(tiles)) return expect.unreachable(tiles.left.detail)
    expect(tiles.right.tiles.position(size - 1)).toBeLessThanOrEqual(one.gatebook.node?.confirmed() ?? 0)
  })

  test('are not signed while a node does not know whether it is up to date', async () => {
    const { proxy, url } = await cluster.faultyWay()
    const cutOff = await cluster.startNode({ env: { MAX_STALENESS_MS: '300' } }, url)
    await until(async () => !isLeft(await cutOff.gatebook.proofs.checkpoint()), 'a checkpoint')
    proxy.play('stall')
    await until(() => cutOff.gatebook.isFresh?.() === false, 'staleness')
    expect(isLeft(await cutOff.gatebook.proofs.tiles())).toBe(true)
    proxy.play('pass')
    const again = await signedBy(nodes[0] as Node)
    expect(readCheckpoint(again.note)?.size).toBe(again.size)
  })
})
