import { request as ask, createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../support/installed.ts'
import { person } from '../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { openSocket } from '../support/sockets/socket-client.ts'
import { freePort, startNginx } from './support/nginx.ts'

type Echo = { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string }

/** What reached the back end. */
const echo = async (request: IncomingMessage) => {
  let body = ''
  for await (const chunk of request) body += chunk
  return { method: request.method, url: request.url, headers: request.headers, body }
}

const hasNginx = isInstalled('nginx') || isInstalled('/usr/sbin/nginx')

describe.skipIf(!hasNginx)('a back end behind nginx with the files of deploy/', () => {
  let app: InProcess
  let port: number
  let origin: string
  let nginx: Awaited<ReturnType<typeof startNginx>>
  let admin: string
  const reached: Echo[] = []
  const backend = createServer(async (request, response) => {
    reached.push((await echo(request)) as Echo)
    response.end('from the back end')
  })

  beforeAll(async () => {
    port = await freePort()
    origin = `http://localhost:${port}`
    app = await startTestServer({ env: { PUBLIC_ORIGIN: origin, TRUSTED_PROXIES: '127.0.0.1', RATE_PER_MINUTE: '600' } })
    await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done))
    const backendPort = (backend.address() as { readonly port: number }).port
    nginx = await startNginx(port, new URL(app.url).host, `127.0.0.1:${backendPort}`)
    admin = await app.elevated((await app.setUp(setupToken)).token)
  })
  afterAll(async () => {
    await nginx.stop()
    backend.closeAllConnections()
    await new Promise((done) => backend.close(done))
    await app.stop()
  })

  const call = (method: string, path: string, headers: Record<string, string | string[]> = {}, body = '') =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; text: string; reached: Echo | undefined }>((done, fail) => {
      reached.length = 0
      const asked = ask({ host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers } }, async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        done({ status: response.statusCode, headers: response.headers, text, reached: reached[0] })
      })
      asked.on('error', fail).end(body)
    })

  test('a socket goes through to Gatebook, and is closed with its session', async () => {
    const { token, accountId } = await app.register({ email: 'socket@example.org' })
    const socket = await openSocket(`http://127.0.0.1:${port}`, { origin, headers: { host: `localhost:${port}` } })
    await socket.authenticate(accountId, token)
    await app.post('/logout', undefined, token)
    expect((await socket.closed).code).toBe(4009)
  })

  const signUp = async (email: string) => {
    const { token, accountId } = await app.register({ email })
    return { token, accountId, cookie: `theme=dark; __Host-gatebook=${token}; __Host-gatebook-device=d; lang=en` }
  }

  test('nobody gets through without a session', async () => {
    for (const path of ['/', '/orders', '/books', '/payout', '/_gatebook/session', '/api/1x', '//']) {
      const answer = await call('GET', path)
      expect([path, answer.reached, [401, 404].includes(answer.status ?? 0)]).toEqual([path, undefined, true])
    }
    const { status, headers } = await call('GET', '/orders', { cookie: '__Host-gatebook=made-up' })
    expect([status, headers['www-authenticate'], reached.length]).toEqual([401, 'Bearer', 0])
  })

  test('a browser is sent to the login, and back to where it wanted to go', async () => {
    const accept = 'text/html'
    const sent = await call('GET', '/orders?open=1', { accept })
    expect([sent.status, sent.headers.location]).toEqual([302, `${origin}/login?to=%2Forders%3Fopen%3D1`])
    expect((await call('POST', '/orders', { accept }, 'a=1')).status).toBe(401)
    const elsewhere = await call('GET', '//evil.example/x', {
      accept,
      'x-forwarded-uri': '//evil.example',
      'x-original-url': 'https://evil.example',
    })
    expect([elsewhere.status, elsewhere.headers.location]).toEqual([302, `${origin}/login?to=%2F`])
  })

  test('the back end sees whose session it is, and nothing that proves it', async () => {
    const { cookie, accountId } = await signUp('jörg@example.org')
    const { status, text, reached } = await call('POST', '/orders?x=1', { cookie, origin, authorization: '' }, 'the body')
    expect([status, text]).toEqual([200, 'from the back end'])
    expect(reached).toMatchObject({ method: 'POST', url: '/orders?x=1', body: 'the body' })
    expect(reached?.headers).toMatchObject({
      'x-gatebook-account': accountId,
      'x-gatebook-email': 'j%C3%B6rg@example.org',
      'x-gatebook-email-verified': 'false',
    })
    expect(reached?.headers.cookie?.replaceAll(' ', '')).toBe('theme=dark;lang=en')
    expect(reached?.headers).not.toHaveProperty('authorization')
    expect(reached?.headers).not.toHaveProperty('x-gatebook-roles')
  })

  test('headers that a client made up are replaced or removed', async () => {
    const { cookie, accountId } = await signUp('forger@example.org')
    const forged = {
      'X-Gatebook-Account': 'somebody-else',
      'x-gatebook-roles': ['admin', 'bookkeeper'],
      'X-GATEBOOK-EMAIL': 'root@example.org',
      'x-gatebook-email-verified': 'true',
      'x-gatebook-elevated-until': '2999-01-01T00:00:00.000Z',
      X_Gatebook_Roles: 'admin',
      'X-Gatebook_Roles': 'admin',
      'X.Gatebook.Roles': 'admin',
      'X~Gatebook~Roles': 'admin',
      'gatebook-service-token': 'x'.repeat(40),
    }
    const { reached } = await call('GET', '/orders', { cookie, ...forged })
    const ours = Object.entries(reached?.headers ?? {}).filter(([name]) => /gatebook/i.test(name))
    expect(Object.fromEntries(ours)).toEqual({
      'x-gatebook-account': accountId,
      'x-gatebook-email': 'forger@example.org',
      'x-gatebook-email-verified': 'false',
    })
    expect((await call('GET', '/books', { cookie, ...forged })).status).toBe(403)
  })

  test('a session that has ended is refused at the next request', async () => {
    const { cookie, token } = await signUp('leaver@example.org')
    expect((await call('GET', '/orders', { cookie })).status).toBe(200)
    await app.post('/logout', undefined, token)
    const refused = await call('GET', '/orders', { cookie })
    expect([refused.status, refused.reached]).toEqual([401, undefined])
  })

  test('a role is required, and its loss noticed at the next request', async () => {
    const { cookie, accountId } = await signUp('bookkeeper@example.org')
    expect(await call('GET', '/books', { cookie, accept: 'text/html' })).toMatchObject({ status: 403, reached: undefined })
    await app.put(`/admin/accounts/${accountId}/roles/bookkeeper`, undefined, admin)
    expect((await call('GET', '/books/2026', { cookie })).reached?.headers['x-gatebook-roles']).toBe('bookkeeper')
    await app.del(`/admin/accounts/${accountId}/roles/bookkeeper`, admin)
    expect((await call('GET', '/books', { cookie })).status).toBe(403)
  })

  test('elevation is required, and a browser is sent to where it is proven', async () => {
    const { cookie, token } = await signUp('elevated@example.org')
    expect((await call('POST', '/payout', { cookie, origin })).status).toBe(403)
    const sent = await call('GET', '/payout', { cookie, accept: 'text/html' })
    expect([sent.status, sent.headers.location]).toEqual([302, `${origin}/login?elevate=1&to=%2Fpayout`])
    const elevated = await app.elevated(token)
    const { status, reached } = await call('POST', '/payout', { cookie: `__Host-gatebook=${elevated}`, origin })
    expect([status, reached?.method]).toEqual([200, 'POST'])
    expect(Date.parse(reached?.headers['x-gatebook-elevated-until'] ?? '')).toBeGreaterThan(Date.now())
    expect(reached?.headers).not.toHaveProperty('cookie')
  })

  test('a request that another site made is refused', async () => {
    const { cookie } = await signUp('victim@example.org')
    for (const [method, headers] of [
      ['POST', {}],
      ['POST', { origin: 'https://evil.example' }],
      ['POST', { origin: 'null' }],
      ['POST', { origin: 'https://evil.example', 'x-forwarded-method': 'GET', 'x-original-method': 'GET' }],
      ['POST', { 'x-forwarded-method': 'GET' }],
      ['DELETE', { 'sec-fetch-site': 'cross-site' }],
      ['GET', { origin: 'https://evil.example' }],
    ] as const) {
      const refused = await call(method, '/orders', { cookie, ...headers })
      expect([method, headers, refused.status, refused.reached]).toEqual([method, headers, 403, undefined])
    }
    expect((await call('POST', '/orders', { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test('a bearer token works too, and does not go on', async () => {
    const { token, accountId } = await signUp('machine@example.org')
    const { status, reached } = await call('DELETE', '/orders/1', { authorization: `Bearer ${token}` })
    expect([status, reached?.headers['x-gatebook-account'], reached?.headers.authorization]).toEqual([200, accountId, undefined])
  })

  test('a thousand proxied requests leave the budget of the address alone', async () => {
    const { cookie, token } = await signUp('busy@example.org')
    const statuses = new Set<number | undefined>()
    for (let n = 0; n < 100; n++)
      for (const { status } of await Promise.all(Array.from({ length: 10 }, () => call('GET', '/orders', { cookie })))) statuses.add(status)
    expect([...statuses]).toEqual([200])
    expect((await call('GET', '/api/1/session', { authorization: `Bearer ${token}` })).status).toBe(200)
  })

  test('what Gatebook cannot answer lets nobody through', async () => {
    const { token } = await signUp('ambiguous@example.org')
    const both = await call('GET', '/orders', { cookie: `__Host-gatebook=${token}`, authorization: 'Bearer other' })
    expect([both.status, both.reached]).toEqual([500, undefined])
  })

  test('the pages and the API are reached through it, with the address of the client', async () => {
    expect((await call('GET', '/api/1/settings')).status).toBe(200)
    const body = JSON.stringify({ ...person, email: 'through@example.org' })
    const registered = await call('POST', '/api/1/register', { origin, 'content-type': 'application/json' }, body)
    expect(registered.status).toBe(201)
    const [cookie = ''] = String(registered.headers['set-cookie']).split(';')
    const listed = JSON.parse((await call('GET', '/api/1/sessions', { cookie, 'x-forwarded-for': '203.0.113.5' })).text)
    expect(listed.sessions).toMatchObject([{ address: '127.0.0.1' }])
    expect((await call('GET', '/orders', { cookie })).status).toBe(200)
  })
})
