import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesBelow } from '../../attack/support/erasure/remains.ts'
import { blobsIn } from '../../support/server/blobs.ts'
import { keysIn } from '../../support/server/identity-key.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { until } from './node-on.ts'
import { type Cluster, havingSeen, type Node, openCluster } from './support.ts'

describe('an erasure on one of three nodes', () => {
  let cluster: Cluster
  let nodes: readonly [Node, Node, Node]
  const blobDir = mkdtempSync(join(tmpdir(), 'gatebook-shared-blobs-'))
  beforeAll(async () => {
    cluster = await openCluster()
    const options = { env: { MAX_STALENESS_MS: '20000', BLOB_DIR: blobDir, BLOB_RATE_PER_MINUTE: '0' } }
    nodes = await Promise.all([cluster.startNode(options), cluster.startNode(options), cluster.startNode(options)])
  })
  afterAll(async () => {
    await cluster.close()
    rmSync(blobDir, { recursive: true, force: true })
  })

  test('takes blob, session and data from the others as soon as they have seen it', async () => {
    const [one, ...others] = nodes
    const root = await one.elevated((await one.setUp(setupToken)).token)
    const owner = await keysIn(one).introduced()
    const published = await blobsIn(one).publish(owner, 'a blob that others have read')
    mustBe(200, published)
    for (const node of others) {
      await node.send({ method: 'GET', path: '/session', token: owner.token, ...havingSeen(published) })
      expect((await blobsIn(node).read(owner.key.fingerprint)).text).toBe('a blob that others have read')
      mustBe(200, await node.get('/audit/me', owner.token))
    }
    const erased = await one.del(`/admin/accounts/${owner.accountId}`, root)
    mustBe(204, erased)
    expect(filesBelow(blobDir)).toEqual([])
    for (const node of others) {
      const seen = { token: root, ...havingSeen(erased) }
      const { body } = await node.send({ method: 'GET', path: `/admin/accounts/${owner.accountId}`, ...seen })
      expect(body).toMatchObject({ status: 'erased', email: null })
      expect((await blobsIn(node).read(owner.key.fingerprint)).status).toBe(404)
      expect((await node.get('/session', owner.token)).status).toBe(401)
      const { entries } = node.gatebook.queries.accountHistory({ accountId: owner.accountId, after: 0, limit: 100 })
      const sealed = entries.flatMap(({ personal }) => personal.ipAddress ?? [])
      expect(sealed.length).toBeGreaterThan(0)
      for (const one of sealed) {
        const opened = await node.gatebook.ports.crypto.vault.unseal('address', one)()
        expect(isLeft(opened) && opened.left.type).toBe('key_shredded')
      }
    }
  })

  test('leaves an export that was made on any node the same receipts', async () => {
    const [one, other, third] = nodes
    const registered = await one.post('/register', {
      email: 'receipts@example.org',
      password: 'a long enough passphrase',
      transport: 'bearer',
    })
    const elevated = await one.send({
      method: 'POST',
      path: '/session/elevate',
      token: registered.body.token,
      body: { password: 'a long enough passphrase' },
    })
    const exports = []
    for (const node of [one, other, third]) {
      for (const each of nodes) each.advance(60_000)
      await until(() => node.gatebook.isFresh?.() === true, 'freshness')
      const seen = { token: elevated.body.token, ...havingSeen(elevated) }
      exports.push(mustBe(200, await node.send({ method: 'GET', path: '/me/export', ...seen })).history)
    }
    const [first, ...later] = exports.map((history) => history.map(({ receipt }: { receipt: string }) => receipt))
    for (const receipts of later) expect(receipts.slice(0, first.length)).toEqual(first)
  })
})
