import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGatebook } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer } from '../support/server/start-test-server.ts'
import { succeed } from '../support/test-app/outcomes.ts'
import { cheap, openApp, password, refusal } from './support.ts'

const origin = 'http://localhost:1984'

describe('what a host app requires of a request', () => {
  let host: Awaited<ReturnType<typeof openApp>>
  let token: string
  let accountId: string
  beforeAll(async () => {
    host = await openApp({ publicOrigin: origin, secondFactorRoles: ['treasurer'] })
    const registered = (await host.post('/register', { email: 'ada@example.org', password, transport: 'bearer' })).json()
    token = registered.token
    accountId = registered.accountId
  })
  afterAll(() => host.close())

  const asked = (headers: Record<string, string> = {}, method = 'GET') =>
    new Request('http://localhost/', { method, headers: { authorization: `Bearer ${token}`, ...headers } })
  const byCookie = (method: string, headers: Record<string, string> = {}) => ({
    method,
    headers: { cookie: `__Host-gatebook=${token}`, ...headers },
  })
  const codeFor = async (...[from, requirement]: Parameters<typeof host.gatebook.require>) => {
    const call = host.gatebook.require(from, requirement)
    return call.then(
      () => 'ok',
      async () => (await refusal(call)).code,
    )
  }

  test('is a session', async () => {
    expect(await host.gatebook.require(asked())).toEqual(await host.gatebook.session(asked()))
    expect(await refusal(host.gatebook.require(new Request('http://localhost/')))).toEqual({ code: 'SESSION_REQUIRED', status: 401 })
    expect(await codeFor(byCookie('GET', { authorization: 'Bearer other' }))).toBe('MALFORMED_REQUEST')
  })

  test('is a role, one of several, a claim, elevation, and all of them', async () => {
    const claim = { name: 'branch', value: 'paris' }
    const all = { role: 'bookkeeper', claim, elevated: true }
    const wants = [
      { role: 'bookkeeper' },
      { role: ['auditor', 'bookkeeper'] },
      { claim },
      { elevated: true },
      { elevated: false },
      all,
    ] as const
    const codes = async (from = asked()) => Promise.all(wants.map((requirement) => codeFor(from, requirement)))
    const [role, missing, low] = ['ROLE_REQUIRED', 'CLAIM_REQUIRED', 'ELEVATION_REQUIRED']
    expect(await codes()).toEqual([role, role, missing, low, 'ok', role])
    await host.gatebook.roles.grant(accountId, 'bookkeeper')
    expect(await codes()).toEqual(['ok', 'ok', missing, low, 'ok', missing])
    await host.gatebook.claims.assert(accountId, 'branch', 'rome')
    expect(await codeFor(asked(), { claim })).toBe(missing)
    await host.gatebook.claims.assert(accountId, 'branch', 'paris')
    expect(await codes()).toEqual(['ok', 'ok', 'ok', low, 'ok', low])
    token = (await host.post('/session/elevate', { password }, token)).json().token
    expect(await codes()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok'])
    await host.gatebook.roles.withdraw(accountId, 'bookkeeper')
    expect(await codes()).toEqual([role, role, 'ok', 'ok', 'ok', role])
  })

  test('is a second factor where the role needs one, whatever elevated the session', async () => {
    await host.gatebook.roles.grant(accountId, 'treasurer')
    await host.gatebook.roles.grant(accountId, 'auditor')
    expect(await codeFor(asked(), { role: 'treasurer' })).toBe('ENROLLMENT_REQUIRED')
    expect(await codeFor(asked(), { role: ['treasurer', 'clerk'], elevated: true })).toBe('ENROLLMENT_REQUIRED')
    expect(await codeFor(asked(), { role: ['treasurer', 'auditor'], elevated: true })).toBe('ok')
    expect((await host.gatebook.require(asked())).roles).toEqual(['auditor'])
  })

  test.each([
    ['a read', 'GET', {}, 'ok'],
    ['a form of our own', 'POST', { origin }, 'ok'],
    ['a form of our own in an old browser', 'POST', { 'sec-fetch-site': 'same-origin' }, 'ok'],
    ['a form without an origin', 'POST', {}, 'ORIGIN_REJECTED'],
    ['a form of another site', 'PUT', { origin: 'https://evil.example' }, 'ORIGIN_REJECTED'],
    ['a form of a neighbor', 'POST', { 'sec-fetch-site': 'same-site' }, 'ORIGIN_REJECTED'],
    ['a script of another site', 'GET', { origin: 'https://evil.example' }, 'ORIGIN_REJECTED'],
    ['a method nobody knows', 'BREW', {}, 'ORIGIN_REJECTED'],
  ])('with the cookie: %s', async (_, method, headers, code) => {
    expect(await codeFor(byCookie(method, headers as Record<string, string>))).toBe(code)
    const { headers: given } = byCookie(method, headers as Record<string, string>)
    expect(await codeFor({ method, headers: new Headers(given) })).toBe(code)
  })

  test('of a Node request is found there', async () => {
    const server = createServer(async (request, response) => response.end(await codeFor(request)))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const cookie = `__Host-gatebook=${token}`
    expect(await (await fetch(url, { method: 'POST', headers: { cookie, origin } })).text()).toBe('ok')
    expect(await (await fetch(url, { method: 'POST', headers: { cookie } })).text()).toBe('ORIGIN_REJECTED')
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  test.each([
    [{ role: undefined }],
    [{ role: '' }],
    [{ role: [] }],
    [{ role: ['auditor', undefined] }],
    [{ role: 'Auditor' }],
    [{ roles: ['auditor'] }],
    [{ elevated: 'yes' }],
    [{ elevated: undefined }],
    [{ claim: ['branch', 'paris'] }],
    [{ claim: { name: 'branch' } }],
    ['auditor'],
    [null],
    [['auditor']],
  ])('cannot be %j: a requirement that got lost would let everybody in', async (requirement) => {
    await expect(host.gatebook.require(asked(), requirement as never)).rejects.toThrow(TypeError)
  })

  test.each([[undefined], [null], [new Headers()], [{ headers: {} }], [{ method: 'GET' }], [{ method: '', headers: {} }], ['GET']])(
    'of %j is a programming error: nobody knows whether it changes something',
    async (from) => {
      await expect(host.gatebook.require(from as never)).rejects.toThrow(TypeError)
    },
  )
})

test('what was required in vain is recorded, as for guards', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-require-'))
  const gatebook = await openGatebook({ ...cheap, dataDir })
  const { account } = await gatebook.accounts.create({ email: 'curious@example.org', password })
  const { token } = await gatebook.sessions.create({ accountId: account.id })
  const from = { method: 'PUT', headers: { authorization: `Bearer ${token}` } }
  for (let n = 0; n < 3; n++) expect((await refusal(gatebook.require(from, { role: 'admin' }))).code).toBe('ROLE_REQUIRED')
  expect((await refusal(gatebook.require(from, { elevated: true }))).code).toBe('ELEVATION_REQUIRED')
  await gatebook.close()
  const app = await startTestServer({ dataDir })
  const events = await succeed(app.gatebook.store.read(`access-${account.id}`))
  await app.stop()
  rmSync(dataDir, { recursive: true })
  const refusals = [{ code: 'ROLE_REQUIRED', method: 'PUT', route: '(none)', count: 3 }]
  expect(events.map(({ type, data }) => [type, data])).toEqual([['AuthorizationRefused', expect.objectContaining({ refusals })]])
})

test('without an origin of its own, an app takes the pages of this machine for its own, by the host that they call', async () => {
  const host = await openApp()
  const { token } = (await host.post('/register', { email: 'ada@example.org', password, transport: 'bearer' })).json()
  const ask = (url: string, origin: string) => {
    const headers = { cookie: `__Host-gatebook=${token}`, origin }
    return host.gatebook.require(new Request(url, { method: 'POST', headers })).then(
      () => 'ok',
      ({ code }) => code,
    )
  }
  expect(await ask('http://localhost:3000/x', 'http://localhost:3000')).toBe('ok')
  expect(await ask('http://localhost:3000/x', 'http://localhost:4000')).toBe('ORIGIN_REJECTED')
  expect(await ask('http://app.example.org/x', 'http://app.example.org')).toBe('ORIGIN_REJECTED')
  await host.close()
})
