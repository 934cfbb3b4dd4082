import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setupToken } from '../../support/server/start-test-server.ts'
import { type Cluster, type Node, openCluster } from './support.ts'

describe('the health of a node', () => {
  let cluster: Cluster
  let node: Node
  beforeAll(async () => {
    cluster = await openCluster()
    node = await cluster.startNode()
  })
  afterAll(() => cluster.close())

  test('is that of its read models; the size of the log is known elsewhere', async () => {
    const { token } = await node.setUp(setupToken)
    const { status, body } = await node.get('/admin/health', token)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ready: true,
      reason: null,
      log: { store: 'eventstoredb', events: null, sizeBytes: null },
      readModels: { position: expect.any(Number), lag: 0, fresh: true },
      disk: { freeBytes: expect.any(Number) },
    })
    expect(body.readModels.position).toBe(node.gatebook.readModelPosition())
  })
})

test('a node that is stale refuses everybody, and only /health/ready says why', async () => {
  const cluster = await openCluster()
  const { proxy, url } = await cluster.faultyWay()
  const node = await cluster.startNode({ env: { MAX_STALENESS_MS: '1000' } }, url)
  const { token } = await node.setUp(setupToken)
  proxy.play('refuse')
  while ((await node.get('/health/ready')).status === 200) await new Promise((resolve) => setImmediate(resolve))
  expect((await node.get('/admin/health', token)).body.code).toBe('STALE_READ_MODEL')
  expect((await node.get('/health/ready')).body.reason).toBe('stale')
  await cluster.close()
})
