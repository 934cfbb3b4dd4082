import { afterEach, describe, expect, test } from 'vitest'
import type { PublicEvent, PublicEventType } from '../../../application/following/public-event.ts'
import { publicEventTypes } from '../../../application/following/public-event.ts'
import { openFollowingOf } from '../../../composition/following/open-following.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { until } from './node-on.ts'
import { type Node, openCluster } from './support.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const followingOf = (node: Node) => {
  const following = openFollowingOf(node.gatebook, createLogger('silent'))
  cleanUps.push(following.close)
  return following
}

/** They end when what they are of is closed. */
const collecting = (events: AsyncIterable<PublicEvent>) => {
  const collected: PublicEvent[] = []
  const collect = async () => {
    for await (const event of events) collected.push(event)
  }
  void collect()
  return collected
}

const idsOf = (events: readonly PublicEvent[]) => events.map(({ id }) => id)

const openTwo = async () => {
  const cluster = await openCluster()
  cleanUps.push(cluster.close)
  const patient = { env: { MAX_STALENESS_MS: '20000' } }
  return { cluster, patient, nodes: await Promise.all([cluster.startNode(patient), cluster.startNode(patient)]) }
}

const publicInLog = async (node: Node) => {
  const all = await everyEvent(node.gatebook.store)
  return all.filter(({ type }) => publicEventTypes.has(type)).map(({ eventId }) => eventId)
}

describe('following the log of a cluster', () => {
  test('gives every node the same events in log order, and positions that every node opens', async () => {
    const { nodes } = await openTwo()
    const [one, other] = nodes as [Node, Node]
    const here = collecting(followingOf(one).follow({ after: 'beginning' }))
    const following = followingOf(other)
    const there = collecting(following.follow({ after: 'beginning' }))
    const root = await one.elevated((await one.setUp(setupToken)).token)
    const people = await Promise.all([1, 2, 3].map((n) => one.register({ email: `n${n}@example.org` })))
    const erased = people[0]?.accountId
    expect((await one.del(`/admin/accounts/${erased}`, root)).status).toBe(204)
    await other.register({ email: 'the-last@example.org' })
    const all = await publicInLog(one)
    await until(() => here.length >= all.length && there.length >= all.length)
    expect([idsOf(here), idsOf(there)]).toEqual([all, all])

    const middle = here[Math.floor(here.length / 2)]?.position ?? ''
    const rest = collecting(following.follow({ after: middle }))
    await until(() => rest.length >= all.length - Math.floor(here.length / 2) - 1)
    expect(idsOf(rest)).toEqual(all.slice(Math.floor(here.length / 2) + 1))
    const late = collecting(followingOf(one).follow({ after: 'beginning', types: ['AccountRegistered'] }))
    await until(() => late.length === 5)
    expect(
      late.flatMap((event) => (event.type === 'AccountRegistered' ? [[event.accountId === erased, event.data.email === null]] : [])),
    ).toEqual(late.map(({ accountId }) => [accountId === erased, accountId === erased]))
  })

  test('keeps a cursor on each node, which goes on after a restart of the node', async () => {
    const { cluster, patient, nodes } = await openTwo()
    const [one, other] = nodes as [Node, Node]
    const seen: string[] = []
    const types = [...publicEventTypes] as PublicEventType[]
    const follow = (node: Node) => {
      const following = followingOf(node)
      following.on(types, ({ id }) => void seen.push(id), { name: 'each', from: 'beginning' })
      return following
    }
    const first = follow(other)
    await one.register()
    await until(async () => seen.length === (await publicInLog(one)).length)
    await first.close()
    await one.logIn()
    follow(other)
    await until(async () => seen.length === (await publicInLog(one)).length)
    expect(seen).toEqual(await publicInLog(one))

    const third = await cluster.startNode(patient)
    const beside: string[] = []
    followingOf(third).on(types, ({ id }) => void beside.push(id), { name: 'each' })
    await one.logIn()
    const all = await publicInLog(one)
    await until(() => beside.at(-1) === all.at(-1))
    expect(beside).toEqual(all.slice(-beside.length))
  })
})
