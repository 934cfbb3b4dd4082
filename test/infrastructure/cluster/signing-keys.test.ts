import { isRight } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { until } from './node-on.ts'
import { type Cluster, havingSeen, type Node, openCluster } from './support.ts'

const days = 30
const aDay = 86_400_000
const options = { env: { MAX_STALENESS_MS: '20000', SIGNING_KEY_DAYS: String(days), ACCEPT_CLOCK_JUMP: 'true' } }

describe('SIGNING_KEY_DAYS on three nodes', () => {
  let cluster: Cluster
  let nodes: readonly [Node, Node, Node]
  beforeAll(async () => {
    cluster = await openCluster()
    nodes = await Promise.all([cluster.startNode(options), cluster.startNode(options), cluster.startNode(options)])
  })
  afterAll(() => cluster.close())

  const kidsOn = async ({ gatebook }: Node) => (await succeed(gatebook.accessTokens.jwks())).keys.map(({ kid }) => kid)
  const retired = async () => (await everyEvent(nodes[0].gatebook.store)).filter(({ type }) => type === 'SigningKeyRetired').length
  /** A node is stale while it has asked nobody since. */
  const advanceAll = async (time: number) => {
    for (const node of nodes) node.advance(time)
    await until(() => nodes.every(({ gatebook }) => gatebook.isFresh?.() === true), 'freshness')
  }
  const renewOnAll = (olderThan: number) => Promise.all(nodes.map(({ gatebook }) => gatebook.accessTokens.rotate({ olderThan })()))

  test('the key is replaced once by all of them, tokens of the old one pass everywhere, and everybody sees both keys', async () => {
    const [one, other] = nodes
    const registered = await one.post('/register', { email: 'ada@example.org', password: 'a long enough passphrase', transport: 'bearer' })
    const before = await kidsOn(one)
    expect(before).toHaveLength(1)
    await advanceAll(days * aDay - 60_000)
    expect((await renewOnAll(days * aDay)).every(isRight)).toBe(true)
    expect(await retired()).toBe(0)

    const loggedIn = await other.post('/login', { email: 'ada@example.org', password: 'a long enough passphrase', transport: 'bearer' })
    expect(registered.status).toBe(201)
    const { accessToken } = mustBe(200, await other.post('/token', undefined, loggedIn.body.token))
    await advanceAll(61_000)
    const renewed = await renewOnAll(days * aDay)
    expect(renewed.every(isRight)).toBe(true)
    expect(await retired()).toBe(1)
    const now = await kidsOn(one)
    expect(now).toEqual([expect.any(String), ...before])
    for (const node of nodes) {
      expect(await kidsOn(node)).toEqual(now)
      expect(isRight(await node.gatebook.accessTokens.verify(accessToken))).toBe(true)
      const issued = await node.send({ method: 'POST', path: '/token', token: loggedIn.body.token, ...havingSeen(loggedIn) })
      const [header = ''] = mustBe(200, issued).accessToken.split('.')
      expect(JSON.parse(Buffer.from(header, 'base64url').toString()).kid).toBe(now[0])
    }
    await advanceAll(20 * 60_000)
    for (const node of nodes) expect(await kidsOn(node)).toEqual(now.slice(0, 1))
  })

  test('a node that starts replaces a key that is due, and one that is not stays', async () => {
    const before = await retired()
    const fresh = await cluster.startNode(options)
    await fresh.gatebook.settled()
    expect(await retired()).toBe(before)
    await fresh.stop()
    const ahead = (days + 1) * aDay + (days * aDay + 30 * 60_000)
    const late = await cluster.startNode({ ...options, hooks: { wall: () => Date.now() + ahead } })
    await late.gatebook.settled()
    await until(async () => (await retired()) === before + 1, 'a rotation')
    await late.stop()
    const again = await cluster.startNode({ ...options, hooks: { wall: () => Date.now() + ahead } })
    await again.gatebook.settled()
    expect(await retired()).toBe(before + 1)
  })
})
