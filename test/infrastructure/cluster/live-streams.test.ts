import { afterEach, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { readLive } from '../../support/server/live-reader.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { until } from './node-on.ts'
import { type Node, openCluster } from './support.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const end = (code: string) => ({ event: 'end', id: '', data: { code } })

const listeningOn = async (node: Node, token: string, path = '/audit/me/live') => {
  await until(async () => (await node.get('/session', token)).status === 200)
  const reader = await readLive(node.url, path, { token })
  expect(reader.response.status).toBe(200)
  return reader
}

describe('live streams of a cluster node', () => {
  test('carry what happens on another node, and end with what ends there', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const patient = { env: { MAX_STALENESS_MS: '20000' } }
    const [one, other] = await Promise.all([cluster.startNode(patient), cluster.startNode(patient)])
    const ada = await one.register()
    const reader = await listeningOn(other, ada.token)
    const loggedIn = await one.logIn()
    await reader.until(() => reader.entries().some(({ type }) => type === 'SessionGranted'))

    await one.post('/logout/everywhere', undefined, loggedIn.token)
    expect((await reader.closed()).at(-1)).toEqual(end('SESSION_REQUIRED'))

    const root = await one.elevated((await one.setUp(setupToken)).token)
    const grace = await one.register({ email: 'grace@example.org' })
    const path = `/admin/accounts/${grace.accountId}/roles/admin`
    await one.put(path, undefined, root)
    await until(async () => (await other.get('/secure/admin', grace.token)).status === 200)
    const everybodys = await listeningOn(other, grace.token, '/audit/live')
    await one.del(path, root)
    expect((await everybodys.closed()).at(-1)).toEqual(end('ROLE_REQUIRED'))
  })

  test('end when it hears nothing of the store any more', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const { proxy, url } = await cluster.faultyWay()
    const node = await cluster.startNode({ env: { MAX_STALENESS_MS: '1000' } }, url)
    const { token } = await node.post('/register', { ...person, transport: 'bearer' }).then(({ body }) => body)
    const reader = await listeningOn(node, token)
    proxy.play('stall')
    expect((await reader.closed()).at(-1)).toEqual(end('STALE_READ_MODEL'))
    proxy.play('pass')
  })
})
