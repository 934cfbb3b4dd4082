import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLive } from '../../support/server/live-reader.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'
import { type Message, openSocket } from '../../support/sockets/socket-client.ts'

describe('events of one’s own account on a socket', () => {
  let app: InProcess
  let people = 0
  beforeAll(async () => {
    app = await startTestServer()
  })
  afterAll(() => app.stop())

  const somebody = async () => {
    const email = `somebody-${++people}@example.org`
    return { email, ...(await app.register({ email })) }
  }
  type Somebody = Awaited<ReturnType<typeof somebody>>
  const opened = async ({ accountId, token }: Somebody) => {
    const socket = await openSocket(app.url)
    await socket.authenticate(accountId, token)
    return socket
  }
  const wrong = (email: string) => app.post('/login', { email, password: 'a wrong password', transport: 'bearer' })
  const plain = ({ position: _, at, type, account, actor, summary, correlationId }: Message<'myEvent'>) => ({
    at: new Date(Number(at?.seconds) * 1_000 + (at?.nanos ?? 0) / 1e6).toISOString(),
    ...{ type, account, actor, summary, correlationId },
  })

  const withoutSession = ({ session: _, ...entry }: Record<string, unknown>) => entry

  test('are those of GET /audit/me, as they happen, and nobody else’s', async () => {
    const [ada, grace] = [await somebody(), await somebody()]
    const socket = await opened(ada)
    expect((await socket.subscribe()).position).toHaveLength(48)
    await wrong(grace.email)
    await app.logIn({ email: ada.email })
    const events = [await socket.next('myEvent'), await socket.next('myEvent'), await socket.next('myEvent')].map(plain)
    const listed = (await app.get('/audit/me?limit=3', ada.token)).body.entries.toReversed()
    expect(events).toEqual(listed.map(withoutSession))
    await socket.close()
  })

  test('are resumed from a position, also from one of the live stream, and stop when they are unsubscribed', async () => {
    const ada = await somebody()
    const reader = await readLive(app.url, '/audit/me/live', { token: ada.token })
    await reader.until(() => reader.lastId() !== '')
    const from = reader.lastId()
    await wrong(ada.email)
    await reader.until(() => reader.entries().length >= 2)
    await reader.abort()
    const socket = await opened(ada)
    expect((await socket.subscribe(from)).position).toHaveLength(48)
    const [first, second] = [await socket.next('myEvent'), await socket.next('myEvent')]
    expect([first, second].map(plain)).toEqual(reader.entries().map(withoutSession))
    await socket.subscribe(first.position)
    expect(plain(await socket.next('myEvent'))).toEqual(plain(second))
    await socket.ask({ case: 'unsubscribe', value: {} }, 'unsubscribed')
    await wrong(ada.email)
    await socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    expect(socket.received.map(({ payload }) => payload.case)).not.toContain('myEvent')
    await socket.close()
  })

  test('that are too many are missed, and those after them are sent', async () => {
    const ada = await somebody()
    const socket = await opened(ada)
    const { position } = await socket.subscribe()
    await socket.ask({ case: 'unsubscribe', value: {} }, 'unsubscribed')
    for (let n = 0; n < 40; n++) await app.logIn({ email: ada.email })
    const again = await socket.subscribe(position)
    expect((await socket.next('eventsMissed')).position).toHaveLength(48)
    expect(again.position).not.toBe(position)
    await app.logIn({ email: ada.email })
    await socket.next('myEvent')
    await socket.close()
  })

  test('take only positions of their own', async () => {
    const ada = await somebody()
    const socket = await opened(ada)
    const { next } = (await app.get('/audit/me?limit=1', ada.token)).body
    for (const after of ['x', '0', 'x'.repeat(48), 'x'.repeat(5_000), next])
      expect(await socket.ask({ case: 'subscribeMyEvents', value: { after } }, 'error')).toMatchObject({ code: 'INVALID_POSITION' })
    await socket.close()
  })
})
