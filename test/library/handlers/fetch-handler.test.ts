import { expect, test } from 'vitest'
import { fetchHandler } from '../../../api/handlers/fetch-handler.ts'
import { handlerApp } from '../../../api/handlers/handler-app.ts'
import { callerAddress } from '../../../api/protection/address.ts'
import { securityHeaders } from '../../../api/protection/security-headers.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { sampleRoutes } from '../../api/http/sample.ts'
import { logoFiles, svg } from '../../support/logo-files.ts'
import { password } from '../support.ts'
import { get, openBare, post, setupToken } from './support.ts'

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { readonly code: string }).code]

const accountIn = async (host: Awaited<ReturnType<typeof openBare>>) => {
  const { account } = await host.gatebook.accounts.create({ email: 'ada@example.org', password })
  return { account, ...(await host.gatebook.sessions.create({ accountId: account.id })) }
}

test('callers are told apart by the address that the host gives, and a proxy is believed only if it is trusted', async () => {
  const host = await openBare({ ratePerMinute: 10, trustedProxies: ['10.0.0.1'] })
  const handle = host.gatebook.toFetchHandler({ address: (_request, from: string) => from })
  const from = async (address: string, forwarded = '203.0.113.9') =>
    (await handle(get('/settings', { 'x-forwarded-for': forwarded }), address)).status
  for (let n = 0; n < 10; n++) expect(await from('192.0.2.1', `203.0.113.${n}`)).toBe(200)
  expect(await from('192.0.2.1', '203.0.113.77')).toBe(429)
  expect(await from('::ffff:192.0.2.1')).toBe(429)
  expect(await from('192.0.2.2')).toBe(200)
  for (let n = 0; n < 10; n++) expect(await from('10.0.0.1', '198.51.100.4')).toBe(200)
  expect(await from('10.0.0.1', '198.51.100.4')).toBe(429)
  expect(await from('10.0.0.1', '198.51.100.5')).toBe(200)
  await host.close()
})

test.each([
  ['no function', undefined],
  ['nothing', () => undefined],
  ['no address', () => 'a.name.example'],
  ['a header that the caller wrote', () => '127.0.0.1, 192.0.2.1'],
])('with %s for an address everybody shares one network, whatever they say', async (_, address) => {
  const host = await openBare({ ratePerMinute: 10, trustedProxies: ['127.0.0.1'] })
  const handle = host.gatebook.toFetchHandler(address === undefined ? {} : { address })
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await handle(get('/settings', { 'x-forwarded-for': `192.0.2.${n}` }))).status)
  expect(statuses).toEqual([...Array(10).fill(200), 429])
  await host.close()
})

test('handlers of one Gatebook share the limits', async () => {
  const host = await openBare({ ratePerMinute: 10 })
  const [one, other] = [host.gatebook.toFetchHandler(), host.gatebook.toFetchHandler()]
  for (let n = 0; n < 5; n++) for (const handle of [one, other]) expect((await handle(get('/settings'))).status).toBe(200)
  expect((await other(get('/settings'))).status).toBe(429)
  await host.close()
})

test('bodies are read as they arrive, and what is too large or breaks off is refused', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const streamed = (parts: readonly string[], end: (controller: ReadableStreamDefaultController) => void = (c) => c.close()) => {
    const left = [...parts]
    const body = new ReadableStream({
      pull: (controller) => {
        const part = left.shift()
        if (part === undefined) end(controller)
        else controller.enqueue(new TextEncoder().encode(part))
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
    return new Request('http://localhost:1984/api/1/setup', init as RequestInit)
  }
  const broken = streamed(['{"setupToken":'], (controller) => controller.error(new Error('gone')))
  expect(await codeOf(await handle(broken))).toEqual([400, 'MALFORMED_REQUEST'])
  let pulled = 0
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled += 1
      controller.enqueue(new Uint8Array(1024).fill(0x20))
    },
  })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: endless, duplex: 'half' }
  expect(await codeOf(await handle(new Request('http://localhost:1984/api/1/setup', init as RequestInit)))).toEqual([
    413,
    'PAYLOAD_TOO_LARGE',
  ])
  const read = pulled
  await new Promise((done) => setTimeout(done, 50))
  expect(pulled).toBe(read)
  expect(read).toBeLessThan(100)
  const text = JSON.stringify({ setupToken, email: 'root@example.org', password, transport: 'bearer' })
  expect((await handle(streamed([...text]))).status).toBe(201)
  await host.close()
})

test('a body that does not arrive is given up', async () => {
  const logger = createLogger('silent')
  const { app } = handlerApp({
    ...{ routes: sampleRoutes, origins: new Set<string>(), allowedOrigins: [], limits: { general: 0, password: 0 }, logger },
    ...{ callerAddress: callerAddress([]), isBlocked: () => false },
  })
  await app.ready()
  const serving = { app: () => Promise.resolve(app), isOwn: () => true, headers: securityHeaders, logger, bodyTimeout: 50 }
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
  const answer = await fetchHandler(serving)(new Request('http://localhost/api/1/login', init as RequestInit))
  expect(await codeOf(answer)).toEqual([408, 'REQUEST_TIMEOUT'])
  await app.close()
})

test('a prefix stands before the login and the logo, as for the plugin', async () => {
  const files = logoFiles()
  const host = await openBare({ prefix: '/auth', brandLogo: files.write('logo.svg', svg) })
  const handle = host.gatebook.toFetchHandler()
  const ask = (path: string, headers: Record<string, string> = {}) => handle(new Request(`http://localhost:1984${path}`, { headers }))
  const visit = { accept: 'text/html', 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/orders' }
  for (const [query, status] of [
    ['', 401],
    ['?redirect=1', 302],
  ] as const) {
    const answer = await ask(`/auth/api/1/verify${query}`, visit)
    expect([answer.status, answer.headers.get('location')]).toEqual([status, '/auth/login?to=%2Forders'])
  }
  const { service } = (await (await ask('/auth/api/1/settings')).json()) as { readonly service: { readonly logo: string } }
  expect(service.logo).toBe('/auth/logo')
  expect((await ask('/auth/logo')).status).toBe(200)
  expect(await codeOf(await ask('/api/1/settings'))).toEqual([404, 'NOT_FOUND'])
  await host.close()
  files.remove()
})

test('a body that was read before is a fault that is answered', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const request = post('/login', {})
  await request.text()
  expect(await codeOf(await handle(request))).toEqual([500, 'INTERNAL'])
  await host.close()
})

test('a live stream arrives while it goes on, ends with its session, and gives its place back', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const { account, session, token } = await accountIn(host)
  const authorization = `Bearer ${token}`
  const open = () => handle(get('/audit/me/live', { authorization }))
  for (let n = 0; n < 20; n++) {
    const answer = await open()
    expect(answer.status).toBe(200)
    expect(answer.headers.has('connection')).toBe(false)
    await answer.body?.cancel()
    await new Promise((done) => setTimeout(done, 20))
  }
  for (let n = 0; n < 20; n++) {
    const gone = new AbortController()
    const answer = await handle(
      new Request('http://localhost:1984/api/1/audit/me/live', { headers: { authorization }, signal: gone.signal }),
    )
    expect(answer.status).toBe(200)
    gone.abort()
    await new Promise((done) => setTimeout(done, 20))
  }
  const reader = (await open()).body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) {
      const next = await reader?.read()
      if (next?.done !== false) throw new Error(`ended before ${wanted}`)
      text += next.value
    }
  }
  await host.gatebook.sessions.create({ accountId: account.id })
  await until('event: entry')
  await host.gatebook.sessions.revoke(session.id)
  await until('"code":"SESSION_REQUIRED"')
  expect(await reader?.read()).toMatchObject({ done: true })
  await host.close()
})

test('a caller who is gone before the answer does no harm', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const gone = new AbortController()
  gone.abort()
  const asked = new Request('http://localhost:1984/api/1/settings', { signal: gone.signal })
  const answer = await handle(asked)
  await expect(answer.text()).rejects.toThrow()
  expect((await handle(get('/settings'))).status).toBe(200)
  await host.close()
})

test('the user agent is the caller’s, or none', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler({ address: () => '192.0.2.7' })
  await host.gatebook.accounts.create({ email: 'ada@example.org', password })
  const logIn = (headers: Record<string, string>) =>
    handle(post('/login', { email: 'ada@example.org', password, transport: 'bearer' }, headers))
  await logIn({ 'user-agent': 'one' })
  const { token } = (await (await logIn({})).json()) as { readonly token: string }
  const listed = await (await handle(get('/sessions', { authorization: `Bearer ${token}` }))).json()
  expect(listed).toMatchObject({
    sessions: expect.arrayContaining([
      expect.objectContaining({ userAgent: 'one', address: '192.0.2.7' }),
      expect.objectContaining({ userAgent: null, address: '192.0.2.7' }),
    ]),
  })
  await host.close()
})

test('a method that HTTP does not know, and a path that is not ours, are problems', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const ask = (path: string, method: string) => handle(new Request(`http://localhost:1984${path}`, { method }))
  expect(await codeOf(await ask('/api/1/session', 'BREW'))).toEqual([404, 'NOT_FOUND'])
  expect(await codeOf(await ask('/other', 'GET'))).toEqual([404, 'NOT_FOUND'])
  expect((await ask('/api/1/settings', 'HEAD')).body).toBeNull()
  await host.close()
})

test('after close everything is refused with 503', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  expect((await handle(get('/settings'))).status).toBe(200)
  await host.close()
  const refused = await handle(get('/settings'))
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await codeOf(refused)).toEqual([503, 'STORE_UNAVAILABLE'])
})

test('a thousand calls at once are all answered', async () => {
  const host = await openBare()
  const handle = host.gatebook.toFetchHandler()
  const { token } = await accountIn(host)
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => handle(get('/session', n % 2 === 0 ? { authorization: `Bearer ${token}` } : {}))),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(500)
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(500)
  await host.close()
})
