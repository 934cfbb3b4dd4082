import { describe, expect, test, vi } from 'vitest'
import type { Tokens } from '../../../web/client/index.ts'
import { person } from '../../support/server/client.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { bearerOf, emailsOf, mustSucceed, network } from './support.ts'

/** Longer than an idle session lives, shorter than a refresh token. */
const aDay = 86_400_000 + 1_000

describe('a client that keeps its tokens itself', async () => {
  const { app, steps } = await suiteServer()
  const newEmail = emailsOf('bearer')

  const loggedIn = async () => {
    const email = newEmail()
    const net = network()
    const kept: (Tokens | null)[] = []
    const client = bearerOf(app, net.send, { onTokens: (tokens) => kept.push(tokens) })
    mustSucceed(await client.call('POST /register', { body: { ...person, email } }))
    net.forget()
    return { client, net, kept, email }
  }

  test('asks for them, sends them, and says so to the app', async () => {
    const { client, kept } = await loggedIn()
    expect(kept).toEqual([{ token: expect.any(String), refreshToken: expect.any(String) }])
    expect(await client.session.refresh()).toMatchObject({ status: 'authenticated' })
    mustSucceed(await client.call('POST /logout'))
    expect(kept.at(-1)).toBeNull()
    expect(client.session.get()).toEqual({ status: 'anonymous' })
  })

  test('neither sends nor takes cookies', async () => {
    const modes: unknown[] = []
    const client = bearerOf(app, (url, init) => {
      modes.push(init.credentials)
      return fetch(url, init)
    })
    await client.call('POST /register', { body: { ...person, email: newEmail() } })
    await client.call('GET /session')
    expect(new Set(modes)).toEqual(new Set(['omit']))
  })

  test('asks nobody who is logged in without tokens', async () => {
    const net = network()
    expect(await bearerOf(app, net.send).session.refresh()).toEqual({ status: 'anonymous' })
    expect(net.names()).toEqual([])
  })

  test('goes on with the tokens of an earlier run', async () => {
    const { kept } = await loggedIn()
    const client = bearerOf(app, fetch, { tokens: kept[0] ?? null })
    expect(await client.session.refresh()).toMatchObject({ status: 'authenticated' })
  })

  test('refreshes once for however many calls, and repeats each of them', async () => {
    const { client, net, kept } = await loggedIn()
    app.advance(aDay)
    const results = await Promise.all(Array.from({ length: 10 }, () => client.call('GET /secure/user')))
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(net.names().filter((name) => name === 'POST /session/refresh')).toHaveLength(1)
    expect(kept).toHaveLength(2)
    expect(kept[1]?.refreshToken).not.toBe(kept[0]?.refreshToken)
  })

  test('refreshes once when a call and the question who is logged in need it at once', async () => {
    const { client, net } = await loggedIn()
    app.advance(aDay)
    const [state, result] = await Promise.all([client.session.refresh(), client.call('GET /secure/user')])
    expect([state.status, result.ok]).toEqual(['authenticated', true])
    expect(net.names().filter((name) => name === 'POST /session/refresh')).toHaveLength(1)
  })

  test('gives its tokens up once the session has ended, and not before', async () => {
    const { client, kept, net } = await loggedIn()
    const away = vi.fn(() => Promise.resolve(new Response('', { status: 503 })))
    const offline = bearerOf(app, (url, init) => (url.endsWith('/refresh') ? away() : fetch(url, init)), { tokens: kept[0] ?? null })
    app.advance(aDay)
    expect(await offline.call('GET /secure/user')).toMatchObject({ ok: false, problem: { code: 'SESSION_REQUIRED' } })
    expect(await offline.session.refresh()).toEqual({ status: 'unknown' })
    expect(away).toHaveBeenCalled()
    expect(await client.call('GET /secure/user')).toMatchObject({ ok: true })
    mustSucceed(await bearerOf(app, fetch, { tokens: kept.at(-1) ?? null }).call('POST /logout/everywhere'))
    net.forget()
    expect(await client.call('GET /secure/user')).toMatchObject({ ok: false, problem: { code: 'SESSION_REQUIRED' } })
    expect(kept.at(-1)).toBeNull()
    expect(net.names()).toEqual(['GET /secure/user', 'POST /session/refresh'])
  })

  test('logs out with the newest token when a refresh is under way', async () => {
    const { client, net, kept } = await loggedIn()
    app.advance(aDay)
    const refresh = net.hold('POST /session/refresh')
    const call = client.call('GET /secure/user')
    await refresh.arrived
    const logout = client.call('POST /logout')
    refresh.release()
    expect(await logout).toMatchObject({ ok: true })
    await call
    expect(kept).toHaveLength(3)
    expect(kept.at(-1)).toBeNull()
    const [, renewed] = kept
    expect((await app.get('/session', renewed?.token)).status).toBe(401)
    const reused = await app.post('/session/refresh', { refreshToken: renewed?.refreshToken })
    expect(reused.status).toBe(401)
  })

  test('repeats a call that overlapped with an elevation, without a refresh that would end the elevation', async () => {
    const { client, net } = await loggedIn()
    const call = net.hold('GET /secure/user', 'request')
    const reading = client.call('GET /secure/user')
    await call.arrived
    const elevation = net.hold('POST /session/elevate')
    const elevating = client.call('POST /session/elevate', { body: { password: person.password } })
    await elevation.arrived
    const refused = net.hold('GET /secure/user')
    call.release()
    await refused.arrived
    refused.release()
    elevation.release()
    mustSucceed(await elevating)
    expect(await reading).toMatchObject({ ok: true })
    expect(net.names()).not.toContain('POST /session/refresh')
    expect(await client.call('GET /secure/elevated')).toMatchObject({ ok: true })
  })

  test('asks for a code again when a refresh has ended the elevation', async () => {
    const { client, net } = await loggedIn()
    client.onStepUp(async () => (await client.call('POST /session/elevate', { body: { password: person.password } })).ok)
    app.advance(aDay)
    expect(await client.call('GET /secure/elevated')).toMatchObject({ ok: true })
    expect(net.names()).toEqual([
      'GET /secure/elevated',
      'POST /session/refresh',
      'GET /secure/elevated',
      'POST /session/elevate',
      'GET /secure/elevated',
    ])
  })

  test('does not repeat a call for whoever logged in meanwhile', async () => {
    const { client, net } = await loggedIn()
    const other = newEmail()
    await app.register({ email: other })
    const call = net.hold('GET /secure/user')
    app.advance(aDay)
    const reading = client.call('GET /secure/user')
    await call.arrived
    mustSucceed(await client.call('POST /login', { body: { ...person, email: other } }))
    call.release()
    expect(await reading).toMatchObject({ ok: false, problem: { code: 'SESSION_REQUIRED' } })
  })

  test('keeps the pair of each step of a log-in with two', async () => {
    const email = newEmail()
    const { secret } = await steps.somebody(email)
    const client = bearerOf(app)
    const first = mustSucceed(await client.call('POST /login', { body: { ...person, email } }))
    if (first.status !== 'second_factor_required') throw new Error(first.status)
    expect(await client.session.refresh()).toEqual({ status: 'anonymous' })
    mustSucceed(await client.call('POST /login/otp', { body: { challenge: first.challenge, code: steps.freshCode(secret) } }))
    expect(await client.session.refresh()).toMatchObject({ status: 'authenticated', email })
  })

  test('does not ask who is logged in after each change if nobody wants to know', async () => {
    const { net, client } = await loggedIn()
    await client.call('POST /session/elevate', { body: { password: person.password } })
    expect(net.names()).toEqual(['POST /session/elevate'])
  })
})
