import { afterEach, describe, expect, test } from 'vitest'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { until } from './node-on.ts'
import { openCluster } from './support.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const patient = { env: { MAX_STALENESS_MS: '20000' } }

describe('looking back on a cluster', () => {
  test('every node explains what another one decided, and shows the same earlier states', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const [one, other] = await Promise.all([cluster.startNode(patient), cluster.startNode(patient)])
    const root = (await one.setUp(setupToken)).token
    const { accountId } = await one.register({ email: 'ada@example.org' })
    for (let n = 0; n < 5; n++) await one.post('/login', { email: 'ada@example.org', password: 'a wrong passphrase', transport: 'bearer' })
    const log = await everyEvent(one.gatebook.store)
    const locked = log.find(({ type }) => type === 'LoginLocked')?.position ?? 0
    expect(log.filter(({ type }) => type === 'PolicyPutInForce')).toHaveLength(1)
    await until(() => other.gatebook.readModelPosition() >= one.gatebook.readModelPosition())
    const time = new Date(one.gatebook.ports.journal.now()).toISOString()
    for (const node of [one, other]) {
      const explained = mustBe(200, await node.get(`/audit/explain/${locked}`, root))
      expect(explained).toMatchObject({
        agrees: true,
        rule: 'budget_spent',
        policy: { recorded: {} },
        counters: [{ value: 5, limit: 5 }, {}, {}],
      })
      const { moment } = mustBe(200, await node.get(`/audit/accounts/${accountId}/at?time=${time}`, root))
      expect(moment).toMatchObject({ status: 'active', lockedUntil: expect.any(String), sessions: [{ factors: ['pwd'] }] })
    }
  })

  test('a node warns when another one starts with another policy', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    let warned = 0
    await cluster.startNode({ ...patient, hooks: { onOtherPolicy: () => warned++ } })
    await cluster.startNode(patient)
    expect(warned).toBe(0)
    const stricter = await cluster.startNode({ env: { ...patient.env, LOGIN_MAX_ATTEMPTS: '3' }, hooks: { onOtherPolicy: () => warned++ } })
    await until(() => warned === 1, 'the warning')
    expect((await everyEvent(stricter.gatebook.store)).filter(({ type }) => type === 'PolicyPutInForce')).toHaveLength(2)
  })
})
