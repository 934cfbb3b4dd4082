import { afterEach, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { openSocket } from '../../support/sockets/socket-client.ts'
import { until } from './node-on.ts'
import { type Node, openCluster } from './support.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

type Holder = { readonly accountId: string; readonly token: string }

const openOn = async (node: Node, { accountId, token }: Holder) => {
  await until(async () => (await node.get('/session', token)).status === 200)
  const socket = await openSocket(node.url)
  await socket.authenticate(accountId, token)
  return socket
}

describe('sockets of a cluster node', () => {
  test('carry what happens on another node, and are closed by what ends there', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const patient = { env: { MAX_STALENESS_MS: '20000' } }
    const [one, other] = await Promise.all([cluster.startNode(patient), cluster.startNode(patient)])
    const ada = await one.register()
    const socket = await openOn(other, ada)
    await socket.subscribe()
    const loggedIn = await one.logIn()
    await socket.next('myEvent')
    await one.post('/logout/everywhere', undefined, loggedIn.token)
    expect((await socket.closed).code).toBe(4009)

    const root = await one.elevated((await one.setUp(setupToken)).token)
    const grace = await one.register({ email: 'grace@example.org' })
    const graces = await openOn(other, grace)
    await one.post(`/admin/accounts/${grace.accountId}/disable`, undefined, root)
    expect((await graces.closed).code).toBe(4003)
    const again = await openSocket(other.url)
    again.send({ case: 'authenticate', value: { userId: grace.accountId, sessionToken: grace.token } })
    expect((await again.closed).code).toBe(4003)
  })

  test('are closed with 1013 when it hears nothing of the store any more', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const { proxy, url } = await cluster.faultyWay()
    const node = await cluster.startNode({ env: { MAX_STALENESS_MS: '1000' } }, url)
    const holder: Holder = await node.post('/register', { ...person, transport: 'bearer' }).then(({ body }) => body)
    const socket = await openOn(node, holder)
    proxy.play('stall')
    expect((await socket.closed).code).toBe(1013)
    const late = await openSocket(node.url)
    late.send({ case: 'authenticate', value: { userId: holder.accountId, sessionToken: holder.token } })
    expect((await late.closed).code).toBe(1013)
    proxy.play('pass')
  })
})
