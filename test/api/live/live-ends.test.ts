import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { type LiveReader, readLive } from '../../support/server/live-reader.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const hour = 3_600_000
const end = (code: string) => ({ event: 'end', id: '', data: { code } })

describe('a live stream ends', () => {
  let app: InProcess
  let root: string
  let people = 0
  beforeAll(async () => {
    app = await startTestServer({ env: { SESSION_ABSOLUTE_SECONDS: String(36 * 3600) } })
    await app.setUp(setupToken)
  })
  afterAll(() => app.stop())

  const administrator = async () => {
    root = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
    return root
  }
  const listening = async (path = '/audit/me/live') => {
    const email = `listener-${++people}@example.org`
    const { token, accountId, session } = await app.register({ email })
    const reader = path === '/audit/me/live' ? await readLive(app.url, path, { token }) : undefined
    return { email, token, accountId, sessionId: session.id, reader: reader as LiveReader }
  }
  type Listener = Awaited<ReturnType<typeof listening>>

  const endings: readonly (readonly [string, (listener: Listener) => Promise<unknown>])[] = [
    ['a log-out', ({ token }) => app.post('/logout', undefined, token)],
    ['a log-out everywhere', ({ token }) => app.post('/logout/everywhere', undefined, token)],
    [
      'a log-out everywhere from elsewhere',
      async ({ email }) => app.post('/logout/everywhere', undefined, (await app.logIn({ email })).token),
    ],
    [
      'the end of the session from elsewhere',
      async ({ email, sessionId }) => app.del(`/sessions/${sessionId}`, (await app.logIn({ email })).token),
    ],
    [
      'a change of the password from elsewhere',
      async ({ email }) =>
        app.post(
          '/password',
          { currentPassword: person.password, newPassword: 'quite another passphrase' },
          (await app.logIn({ email })).token,
        ),
    ],
    [
      'a log-out by an administrator',
      async ({ accountId }) => app.post(`/admin/accounts/${accountId}/logout`, undefined, await administrator()),
    ],
    ['disabling', async ({ accountId }) => app.post(`/admin/accounts/${accountId}/disable`, undefined, await administrator())],
    ['erasure', async ({ accountId }) => app.del(`/admin/accounts/${accountId}`, await administrator())],
  ]
  test.each(endings)('with its session: %s', async (_, act) => {
    const [listener, other] = [await listening(), await listening()]
    expect(await act(listener)).toMatchObject({ status: 204 })
    expect((await listener.reader.closed()).at(-1)).toEqual(end('SESSION_REQUIRED'))
    await app.post('/login', { email: other.email, password: 'a wrong password', transport: 'bearer' })
    await other.reader.until(() => other.reader.entries().length > 0)
    await other.reader.abort()
  })

  test('and nothing is sent after the end of the session', async () => {
    const { reader, token, email } = await listening()
    await Promise.all([
      app.post('/logout/everywhere', undefined, token),
      ...[1, 2, 3].map((n) => app.post('/login', { email, password: `a wrong password ${n}`, transport: 'bearer' })),
    ])
    const events = await reader.closed()
    expect(events.filter(({ data }) => data.type === 'AllSessionsRevoked')).toEqual([])
    expect(events.at(-1)).toEqual(end('SESSION_REQUIRED'))
  })

  test('with the role of an administrator', async () => {
    const { token, accountId } = await listening('none')
    const elevated = await administrator()
    expect((await app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, elevated)).status).toBe(204)
    const [everybodys, own] = await Promise.all([
      readLive(app.url, '/audit/live', { token }),
      readLive(app.url, '/audit/me/live', { token }),
    ])
    expect((await app.del(`/admin/accounts/${accountId}/roles/admin`, elevated)).status).toBe(204)
    expect((await everybodys.closed()).at(-1)).toEqual(end('ROLE_REQUIRED'))
    await own.until(() => own.entries().some(({ type }) => type === 'AdministratorRemoved'))
    await own.abort()
  })

  test('without a word when the session gets another token, and goes on with that', async () => {
    const { reader, token } = await listening()
    const elevated = await app.elevated(token)
    expect((await reader.closed()).some(({ event }) => event === 'end')).toBe(false)
    const headers = { 'last-event-id': reader.lastId() }
    expect((await app.send({ method: 'GET', path: '/audit/me/live', token, headers })).status).toBe(401)
    const again = await readLive(app.url, '/audit/me/live', { token: elevated, headers })
    await again.until(() => again.entries().some(({ type }) => type === 'SessionElevated'))
    await again.abort()
  })

  test('when the session expires', async () => {
    const { reader } = await listening()
    app.advance(24 * hour)
    expect(await reader.closed()).toEqual([end('SESSION_REQUIRED')])
  })

  test('at the latest time of the session, however active it is', async () => {
    const { reader, token, email } = await listening()
    for (const _ of [1, 2]) {
      app.advance(12 * hour)
      await app.recorded(() => app.get('/session', token))
    }
    await app.logIn({ email })
    await reader.until(() => reader.entries().some(({ type }) => type === 'SessionGranted'))
    app.advance(12 * hour)
    expect((await reader.closed()).at(-1)).toEqual(end('SESSION_REQUIRED'))
  })

  test('on time though it was opened late: listening is no use of the session', async () => {
    const { reader, token } = await listening()
    app.advance(23 * hour)
    await reader.abort()
    const late = await readLive(app.url, '/audit/me/live', { token })
    expect(late.response.status).toBe(200)
    app.advance(hour)
    expect((await late.closed()).at(-1)).toEqual(end('SESSION_REQUIRED'))
  })
})
