import { setTimeout as setTimer } from 'node:timers/promises'
import Fastify from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { openGatebook } from '../../../index.ts'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { aDataDir, until } from './node-on.ts'
import { havingSeen, nodeEnv, openCluster } from './support.ts'

const bound = 1_000
const stale = problem('STALE_READ_MODEL', { retryAfter: 1 })

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Two nodes that both accept a session. The second one's connection to the store can be stalled. */
const twoNodes = async () => {
  const cluster = await openCluster()
  cleanUps.push(cluster.close)
  const one = await cluster.startNode()
  const { proxy, url } = await cluster.faultyWay()
  const other = { ...(await cluster.startNode({ env: { MAX_STALENESS_MS: String(bound) } }, url)), proxy }
  const { token } = await one.register()
  const guarded = () => other.get('/secure/user', token)
  await until(async () => (await guarded()).status === 200)
  return { one, other, token, guarded }
}

describe.each(['stall', 'refuse'] as const)('a node that hears nothing of the store any more (%s)', (fault) => {
  test('never honours a session later than the bound after it was ended elsewhere: it refuses everybody, until it hears again', async () => {
    const { one, other, token, guarded } = await twoNodes()
    other.proxy.play(fault)
    expect((await one.post('/logout', undefined, token)).status).toBe(204)
    const ended = performance.now()
    const isWithinTheBound = () => performance.now() - ended < bound
    while (isWithinTheBound()) await guarded()
    expect((await guarded()).body).toEqual(stale)
    expect((await other.get('/health/ready')).body).toEqual({ ...stale, reason: 'stale' })
    expect((await other.get('/health/live')).status).toBe(200)
    for (const path of ['/session', '/session?optional=1', '/sessions', '/audit/me', '/audit/me/live', '/admin/accounts'])
      expect((await other.get(path, token)).status).toBe(503)
    expect((await other.get('/secure/user')).status).toBe(401)

    // A call that was sent within the bound may still succeed: its proof of freshness is as old as the call.
    other.proxy.play('pass')
    await until(async () => {
      const { status } = await guarded()
      expect([401, 503]).toContain(status)
      return status === 401
    })
    await until(async () => (await other.get('/health/ready')).status === 200)
  })
})

describe('the metrics of a node', () => {
  test('tell how far it is behind, and for how long', async () => {
    const { one, other, token } = await twoNodes()
    const sample = async (name: string) => Number((await other.get('/metrics')).text.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1])
    expect(await sample('gatebook_read_model_staleness_seconds')).toBeLessThan(30)
    const head = await sample('gatebook_log_position')
    expect(head).toBe(await sample('gatebook_read_model_position'))
    other.proxy.play('stall')
    await one.post('/logout', undefined, token)
    await setTimer(50)
    const before = await sample('gatebook_read_model_staleness_seconds')
    await setTimer(50)
    expect(await sample('gatebook_read_model_staleness_seconds')).toBeGreaterThan(before)
    other.proxy.play('pass')
    await until(
      async () => (await sample('gatebook_read_model_position')) > head && (await sample('gatebook_read_model_lag_positions')) === 0,
    )
  })
})

describe('Gatebook inside another app, as a node', () => {
  test('guards the app’s own routes, waits for a position, and refuses when it hears nothing', async () => {
    const cluster = await openCluster()
    cleanUps.push(cluster.close)
    const one = await cluster.startNode()
    const { proxy, url } = await cluster.faultyWay()
    const { dataDir, remove } = aDataDir()
    cleanUps.push(remove)
    const gatebook = await openGatebook({ environment: nodeEnv(url), dataDir, logLevel: 'silent' })
    const app = Fastify()
    cleanUps.push(() => app.close())
    await app.register(gatebook.plugin)
    app.get('/mine', { onRequest: gatebook.guard.session }, () => ({ ok: true }))

    const registered = await one.post('/register', { ...person, transport: 'bearer' })
    const headers = { authorization: `Bearer ${registered.body.token}` }
    const call = (more: object = {}) => app.inject({ url: '/mine', headers: { ...headers, ...more } })
    await until(async () => (await call()).statusCode === 200)
    const loggedIn = await one.post('/login', { ...person, transport: 'bearer' })
    const fresh = { authorization: `Bearer ${loggedIn.body.token}`, ...havingSeen(loggedIn).headers }
    await until(async () => (await call(fresh)).statusCode === 200)
    expect((await call({ 'gatebook-position': 'soon' })).statusCode).toBe(400)
    expect((await app.inject({ url: '/mine', headers: { 'gatebook-position': 'soon' } })).statusCode).toBe(401)
    const { account } = await gatebook.accounts.create({ email: 'host@example.org', password: person.password, roles: ['editor'] })
    const { token } = await gatebook.sessions.create({ accountId: account.id })
    const own = new Headers({ authorization: `Bearer ${token}` })
    expect(await gatebook.session(own)).toMatchObject({ accountId: account.id, roles: ['editor'] })
    proxy.play('stall')
    cleanUps.push(() => proxy.play('pass'))
    await until(async () => (await call()).statusCode === 503)
    await expect(gatebook.session(own)).rejects.toMatchObject({ code: 'STALE_READ_MODEL', status: 503, details: { retryAfter: 1 } })
    await expect(gatebook.accounts.list()).rejects.toMatchObject({ code: 'STALE_READ_MODEL' })
  })
})
