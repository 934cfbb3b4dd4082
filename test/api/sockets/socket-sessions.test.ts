import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../infrastructure/cluster/node-on.ts'
import { person } from '../../support/server/client.ts'
import { keysIn, newKey } from '../../support/server/identity-key.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { openSocket } from '../../support/sockets/socket-client.ts'

const hour = 3_600_000

describe('a socket of a session', () => {
  let app: InProcess
  let people = 0
  beforeAll(async () => {
    app = await startTestServer()
    await app.setUp(setupToken)
  })
  afterAll(() => app.stop())

  const somebody = async () => {
    const email = `somebody-${++people}@example.org`
    const { token, accountId, session } = await app.register({ email })
    return { email, token, accountId, sessionId: session.id }
  }
  type Somebody = Awaited<ReturnType<typeof somebody>>
  const administrator = async () => app.elevated((await app.logIn({ email: 'root@example.org' })).token)
  const accessToken = async (token: string): Promise<string> => (await app.post('/token', {}, token)).body.accessToken
  const opened = async ({ accountId, token }: Pick<Somebody, 'accountId' | 'token'>) => {
    const socket = await openSocket(app.url)
    const authenticated = await socket.authenticate(accountId, token)
    return { ...socket, authenticated }
  }

  test('opens with the first message, and asks for what the service says of itself', async () => {
    const ada = await somebody()
    const socket = await opened(ada)
    expect(socket.authenticated).toMatchObject({ userId: ada.accountId, sessionId: ada.sessionId })
    const info = await socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    expect(info).toMatchObject({ name: 'Gatebook', apiVersion: '1', maxFrameBytes: 65_536, pingSeconds: 30 })
    await socket.close()
  })

  test('opens with an access token in its address', async () => {
    const ada = await somebody()
    const socket = await openSocket(app.url, { query: `?token=${await accessToken(ada.token)}` })
    expect(await socket.next('authenticated')).toMatchObject({ userId: ada.accountId, sessionId: ada.sessionId })
    await socket.close()
  })

  const endings: readonly (readonly [string, number, (ada: Somebody) => Promise<unknown>])[] = [
    ['a log-out', 4009, ({ token }) => app.post('/logout', undefined, token)],
    ['a log-out everywhere', 4009, async ({ email }) => app.post('/logout/everywhere', undefined, (await app.logIn({ email })).token)],
    [
      'the end of the session from elsewhere',
      4009,
      async ({ email, sessionId }) => app.del(`/sessions/${sessionId}`, (await app.logIn({ email })).token),
    ],
    [
      'a new password',
      4009,
      async ({ email }) =>
        app.post(
          '/password',
          { currentPassword: person.password, newPassword: 'quite another passphrase' },
          (await app.logIn({ email })).token,
        ),
    ],
    [
      'a log-out by an administrator',
      4009,
      async ({ accountId }) => app.post(`/admin/accounts/${accountId}/logout`, undefined, await administrator()),
    ],
    ['erasure', 4009, async ({ accountId }) => app.del(`/admin/accounts/${accountId}`, await administrator())],
    ['disabling', 4003, async ({ accountId }) => app.post(`/admin/accounts/${accountId}/disable`, undefined, await administrator())],
  ]
  test.each(endings)('is closed by %s with %i, and others are not', async (_, code, act) => {
    const [ada, other] = [await somebody(), await opened(await somebody())]
    const sockets = [await opened(ada), await openSocket(app.url, { query: `?token=${await accessToken(ada.token)}` })]
    await sockets[1]?.next('authenticated')
    expect(await act(ada)).toMatchObject({ status: 204 })
    for (const { closed } of sockets) expect((await closed).code).toBe(code)
    await other.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    await other.close()
  })

  test('is closed with 4001 when the session expires', async () => {
    const { closed } = await opened(await somebody())
    app.advance(24 * hour)
    expect((await closed).code).toBe(4001)
  })

  test('is closed with 4001 at the deadline of a rotation, also when that is recorded before the clock is looked at', async () => {
    const own = await startTestServer({ env: { KEY_ROTATION_HOURS: '1' } })
    const keys = keysIn(own)
    const { key, ...session } = await keys.introduced()
    const socket = await openSocket(own.url)
    await socket.authenticate(session.accountId, session.token)
    const next = newKey()
    expect((await keys.propose(key, next)).status).toBe(202)
    await socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    own.advance(hour)
    expect((await keys.logIn(next, key.fingerprint)).status).toBe(200)
    expect((await socket.closed).code).toBe(4001)
    await own.stop()
  })

  test('leaves nothing behind', async () => {
    const open = async () => Number(/^gatebook_sockets (\d+)$/m.exec((await app.get('/metrics')).text)?.[1])
    const ada = await somebody()
    const before = await open()
    const sockets = await Promise.all([1, 2, 3].map(() => opened(ada)))
    expect(await open()).toBe(before + 3)
    sockets[0]?.socket.terminate()
    await Promise.all(sockets.slice(1).map(({ close }) => close()))
    await until(async () => (await open()) === before)
  })
})
