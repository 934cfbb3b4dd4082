import type { FastifyRequest } from 'fastify'
import { describe, expect, test } from 'vitest'
import { callerAddress } from '../../../api/protection/address.ts'
import { admitServices } from '../../../api/protection/services.ts'
import { parseNetwork } from '../../../application/network.ts'
import { serviceTokens } from '../../../infrastructure/tokens/service-tokens.ts'
import { person } from '../../support/server/client.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const billing = 'b1ll1ng-t0ken-of-at-least-32-characters'
const shop = 'sh0p-t0ken-of-at-least-32-characters-too'
const header = 'gatebook-service-token'

describe('limits by address', async () => {
  const { app } = await suiteServer({
    env: { RATE_PER_MINUTE: '20', LOGIN_RATE_PER_MINUTE: '3', SERVICE_TOKENS: `billing:${billing},shop:${shop}` },
  })
  const { token } = await app.register()
  let next = 1
  const newAddress = () => `192.0.2.${next++}`
  const ask = async (path: string, address: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') =>
    (await app.send({ method, path, address, headers, token })).status
  const times = async (n: number, call: () => Promise<number>) => {
    const statuses: number[] = []
    for (let i = 0; i < n; i++) statuses.push(await call())
    return new Map([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]))
  }

  test('verifications have a budget of their own, ten times as large', async () => {
    const address = newAddress()
    expect(await times(200, () => ask('/verify', address))).toEqual(new Map([[204, 200]]))
    expect([...(await times(20, () => ask('/verify', address))).keys()]).toContain(429)
    expect(await times(21, () => ask('/session', address))).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
    expect(await ask('/verify', newAddress())).toBe(204)
  })

  test('the token of a service lifts them for /session and /verify', async () => {
    const address = newAddress()
    for (const known of [billing, shop]) {
      expect(await times(50, () => ask('/session', address, { [header]: known }))).toEqual(new Map([[200, 50]]))
      expect(await times(250, () => ask('/verify', address, { [header]: known }))).toEqual(new Map([[204, 250]]))
    }
    expect(await times(20, () => ask('/session', address))).toEqual(new Map([[200, 20]]))
  })

  test('it lifts nothing else', async () => {
    const address = newAddress()
    let n = 0
    const spread = () => ask('/sessions', address, { [header]: billing, 'x-forwarded-for': `203.0.113.${n++}` })
    expect(await times(21, spread)).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
    const headers = { [header]: billing }
    const guess = (n: number, from: string) =>
      app.send({
        method: 'POST',
        path: '/login',
        address: from,
        headers: { ...headers, 'x-forwarded-for': `203.0.113.${n}` },
        body: { ...person, email: `nobody-${n}@example.org`, transport: 'bearer' },
      })
    const from = newAddress()
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) statuses.push((await guess(n, from)).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  test.each([
    ['another token', 'x'.repeat(40)],
    ['the name', 'billing'],
    ['the name and the token', `billing:${billing}`],
    ['a part', billing.slice(0, -1)],
    ['two tokens', `${billing}, ${shop}`],
    ['nothing', ''],
  ])('%s lifts nothing', async (_, presented) => {
    const address = newAddress()
    expect(await times(21, () => ask('/session', address, { [header]: presented }))).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
  })
})

describe('a service speaks for somebody', () => {
  const warnings: string[] = []
  const admits = admitServices({
    nameOf: serviceTokens([`billing:${billing}`]),
    trusted: [parseNetwork('10.0.0.1')].filter((network) => network !== undefined),
    warn: (text) => warnings.push(text),
  })
  const callerOf = callerAddress([parseNetwork('10.0.0.1')].filter((network) => network !== undefined))
  const ask = (remoteAddress: string, headers: Record<string, string>, isForwarded = false) => {
    const socket = { remoteAddress }
    const caller = callerOf({ socket, headers })
    const request = { socket, headers, service: null, callerAddress: caller, callerNetworks: [caller] } as unknown as FastifyRequest
    const admitted = admits(request, isForwarded)
    expect(request.callerAddress).toBe(caller)
    return [admitted, request.service, ...request.callerNetworks]
  }

  test('whose network counts for limits, behind a trusted proxy too, and whose address is recorded nowhere', () => {
    const named = { [header]: billing, 'x-forwarded-for': '198.51.100.9, 192.0.2.1' }
    expect(ask('192.0.2.50', named)).toEqual(['for_somebody', 'billing', '192.0.2.1'])
    expect(ask('192.0.2.50', { [header]: billing })).toEqual(['for_nobody', 'billing', '192.0.2.50'])
    const behind = { ...named, 'x-forwarded-for': '203.0.113.4, 192.0.2.1, 192.0.2.50' }
    expect(ask('10.0.0.1', behind)).toEqual(['for_somebody', 'billing', '192.0.2.1'])
    expect(ask('192.0.2.50', { ...named, 'x-forwarded-for': 'nonsense' })).toEqual(['for_nobody', 'billing', '192.0.2.50'])
  })

  test('who is the client of a trusted proxy that has the token itself, and not who that client names', () => {
    const proxied = { [header]: billing, 'x-forwarded-for': '203.0.113.4, 192.0.2.1' }
    expect(ask('10.0.0.1', proxied, true)).toEqual(['for_somebody', 'billing', '192.0.2.1'])
    expect(ask('10.0.0.1', { [header]: billing, 'x-forwarded-for': '192.0.2.1' }, true)).toEqual(['for_somebody', 'billing', '192.0.2.1'])
  })

  test('and is not believed without its token, of which the log hears once', () => {
    const named = { 'x-forwarded-for': '192.0.2.1' }
    expect(ask('192.0.2.50', named)).toEqual(['unknown', null, '192.0.2.50'])
    expect(warnings).toEqual([])
    for (const wrong of ['wrong', 'wrong again'])
      expect(ask('192.0.2.50', { ...named, [header]: wrong })).toEqual(['unknown', null, '192.0.2.50'])
    expect(warnings).toEqual(['gatebook-service-token was sent with a token that is not in SERVICE_TOKENS, and was ignored'])
  })

  test.each([{ origin: 'https://login.example.org' }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'and not in a request that a browser has sent: %j',
    (marks) => {
      const sent = { ...marks, [header]: billing, 'x-forwarded-for': '192.0.2.1' } as Record<string, string>
      warnings.length = 0
      expect(ask('192.0.2.50', sent)).toEqual(['unknown', null, '192.0.2.50'])
      expect(ask('192.0.2.50', sent, true)).toEqual(['for_somebody', 'billing', '192.0.2.1'])
    },
  )

  test('of which the log hears once too', () => {
    const warnings: string[] = []
    const admits = admitServices({ nameOf: () => 'billing', trusted: [], warn: (text) => warnings.push(text) })
    for (let n = 0; n < 2; n++)
      admits({ socket: {}, headers: { [header]: billing, origin: 'https://login.example.org' } } as unknown as FastifyRequest, false)
    expect(warnings).toEqual([
      'gatebook-service-token was ignored in a request that a browser has sent: only the back end itself may send it, without the headers of the browser',
    ])
  })
})

describe('a token vouches for the back end and for nothing else', async () => {
  const env = { RATE_PER_MINUTE: '20', SERVICE_TOKENS: `billing:${billing}`, SECOND_FACTOR_ROLES: 'treasurer' }
  const { app } = await suiteServer({ env })
  const admin = await app.elevated((await app.setUp(setupToken)).token)
  const { token, accountId } = await app.register()
  const named = { [header]: billing, 'x-forwarded-for': '203.0.113.1' }
  const ask = (path: string, headers: Record<string, string> = {}, cookie?: string) =>
    app.send({ method: 'GET', path, headers: { ...named, ...headers }, cookie, address: '192.0.2.200' })
  const codes = async (path: string, cookie?: string) => {
    const asked = await ask(path, { 'x-forwarded-method': 'GET' }, cookie)
    return asked.body?.code ?? asked.status
  }

  test('it is nobody’s session, wherever it stands', async () => {
    expect(await codes('/session')).toBe('SESSION_REQUIRED')
    expect(await codes('/verify')).toBe('SESSION_REQUIRED')
    expect(await codes('/verify', billing)).toBe('SESSION_REQUIRED')
    expect((await ask('/session', { authorization: `Bearer ${billing}` })).status).toBe(401)
    expect((await ask('/session', { authorization: `Bearer ${billing}` }, token)).body.code).toBe('MALFORMED_REQUEST')
  })

  test('a person beside it may what that person may, and no more', async () => {
    expect((await ask('/session', {}, token)).body).toMatchObject({ accountId, roles: [] })
    expect(await codes('/verify', token)).toBe(204)
    expect(await codes('/verify?role=admin', token)).toBe('ROLE_REQUIRED')
    expect(await codes('/verify?elevated=1', token)).toBe('ELEVATION_REQUIRED')
    await app.put(`/admin/accounts/${accountId}/roles/treasurer`, undefined, admin)
    expect(await codes('/verify?role=treasurer', token)).toBe('ENROLLMENT_REQUIRED')
    expect((await ask('/verify', { 'x-forwarded-method': 'POST' }, token)).body.code).toBe('ORIGIN_REJECTED')
    for (const path of ['/admin/accounts', '/audit', '/sessions'])
      expect([401, 403]).toContain((await ask(path, {}, path === '/sessions' ? undefined : token)).status)
    const { token: ended } = await app.logIn()
    await app.post('/logout', undefined, ended)
    expect(await codes('/session', ended)).toBe('SESSION_REQUIRED')
    expect(await codes('/verify', ended)).toBe('SESSION_REQUIRED')
  })

  test('who is asked for has a limit, which nobody else shares', async () => {
    const from = async (address: string, path = '/session') => (await ask(path, { 'x-forwarded-for': address }, token)).status
    const statuses: number[] = []
    for (let n = 0; n < 220; n++) statuses.push(await from('203.0.113.77', n % 2 === 0 ? '/session' : '/session?optional=1'))
    expect([statuses.indexOf(429) >= 200, new Set(statuses)]).toEqual([true, new Set([200, 429])])
    expect(await from('203.0.113.78')).toBe(200)
    expect((await app.send({ method: 'GET', path: '/session', token, address: '203.0.113.77' })).status).toBe(200)
  })

  test('a browser that a proxy lends the token to has the limit of its address', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 21; n++) {
      const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `203.0.113.${100 + n}` }
      statuses.push(
        (await app.send({ method: 'GET', path: '/session', headers: { ...named, ...headers }, token, address: '192.0.2.202' })).status,
      )
    }
    expect(statuses).toEqual([...Array(20).fill(200), 429])
  })

  test('the address that it names is in no entry of the audit trail and in no session', async () => {
    const body = { ...person, email: 'grace@example.org', transport: 'bearer' }
    const sent = await app.send({ method: 'POST', path: '/register', headers: named, body, address: '192.0.2.201' })
    expect(sent.status).toBe(201)
    await ask('/session', {}, sent.body.token)
    const own = await app.get('/sessions', sent.body.token)
    const trail = await app.get('/audit/me', sent.body.token)
    expect(own.text).toContain('192.0.2.201')
    expect(own.text + trail.text).not.toContain('203.0.113')
  })
})
