import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Json, person } from '../../support/server/client.ts'
import { type LiveReader, readLive } from '../../support/server/live-reader.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

describe('live audit events', () => {
  let app: InProcess
  let ada: { readonly accountId: string; readonly token: string }
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  beforeAll(async () => {
    app = await startTestServer()
    root = await app.setUp(setupToken)
    ada = await app.register()
  })
  afterAll(() => app.stop())

  const own = (token: string, headers: Readonly<Record<string, string>> = {}) => readLive(app.url, '/audit/me/live', { token, headers })
  const listed = async (token: string) => {
    const found = []
    for (let cursor = ''; ; ) {
      const { body } = await app.get(`/audit/me?limit=100${cursor}`, token)
      found.push(...body.entries)
      if (body.next === null) return found.reverse()
      cursor = `&cursor=${body.next}`
    }
  }
  const stranger = () => app.register({ email: `somebody-${++people}@example.org` })
  const logIn = (password = person.password, email = person.email) => app.post('/login', { email, password, transport: 'bearer' })
  const caughtUp = async (reader: LiveReader, expected: number) => {
    await reader.until(() => reader.entries().length >= expected)
    return reader.entries()
  }

  test('are an entry each, as in the list, on a stream that nobody stores', async () => {
    const reader = await own(ada.token)
    expect(reader.response.status).toBe(200)
    expect(Object.fromEntries(reader.response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    await logIn()
    const before = await listed(ada.token)
    await reader.until(() => reader.entries().some(({ type }) => type === 'SessionGranted'))
    expect(reader.entries()).toEqual(before.slice(-reader.entries().length))
    expect(reader.events.every(({ id }) => /^[A-Za-z0-9_-]{48}$/.test(id))).toBe(true)
    await reader.abort()
  })

  test('begin with now: what happened before is not sent', async () => {
    const reader = await own(ada.token)
    await reader.until(() => reader.lastId() !== '')
    expect(reader.events).toEqual([])
    await reader.abort()
  })

  test('come once and in order, whatever happens at once and wherever the stream is cut', async () => {
    const step = fc.record({
      logIns: fc.array(fc.constantFrom('right', 'wrong', 'strange'), { minLength: 1, maxLength: 6 }),
      cut: fc.boolean(),
    })
    let cuts = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const { token } = await app.register({ email: `generated-${++people}@example.org` })
        const email = `generated-${people}@example.org`
        const known = (await listed(token)).length
        let reader = await own(token)
        const received: unknown[] = []
        const cut = async () => {
          await reader.until(() => reader.lastId() !== '')
          received.push(...reader.entries())
          await reader.abort()
        }
        for (const { logIns, cut: isCut } of steps) {
          const happening = logIns.map((kind) =>
            kind === 'strange' ? stranger() : logIn(kind === 'right' ? person.password : 'a wrong password', email),
          )
          if (isCut) {
            cuts += 1
            await cut()
            reader = await own(token, { 'last-event-id': reader.lastId() })
          }
          await Promise.all(happening)
        }
        const all = (await listed(token)).slice(known)
        await reader.until(() => received.length + reader.entries().length >= all.length)
        await cut()
        expect(received).toEqual(all)
      }),
      { numRuns: 15 },
    )
    expect(cuts).toBeGreaterThan(0)
  }, 60_000)

  test('of somebody else never arrive', async () => {
    const grace = await stranger()
    const reader = await own(grace.token)
    await Promise.all([logIn(), logIn('a wrong password'), logIn(person.password, 'nobody@example.org'), stranger()])
    await app.post('/logout', undefined, (await app.logIn({ email: `somebody-${people - 1}@example.org` })).token)
    const entries = await caughtUp(reader, 1)
    expect(new Set(entries.map(({ account }) => account))).toEqual(new Set([grace.accountId]))
    await reader.abort()
  })

  test('of everybody, with their positions, are for administrators, and opening the stream is recorded', async () => {
    const reader = await readLive(app.url, '/audit/live', { token: root.token })
    const read = await app.get(`/audit?account=${root.accountId}&type=DataRead&limit=1`, root.token)
    expect(read.body.entries).toMatchObject([{ actor: root.accountId, summary: 'Audit trail read' }])
    const grace = await stranger()
    await logIn()
    await reader.until(() => reader.entries().some(({ account, type }) => account === ada.accountId && type === 'SessionGranted'))
    const entries = reader.entries()
    expect(entries.some(({ account }) => account === grace.accountId)).toBe(true)
    const positions = entries.map(({ position }) => Number(position))
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    const list = await app.get('/audit?limit=100', root.token)
    const listed = list.body.entries.map(({ address: _, ...entry }: Json) => entry)
    expect(listed).toEqual(expect.arrayContaining(entries))
    await reader.abort()
  })

  test('of one account can be asked for by administrators', async () => {
    const reader = await readLive(app.url, `/audit/live?account=${ada.accountId}`, { token: root.token })
    await stranger()
    await logIn()
    await reader.until(() => reader.entries().some(({ type }) => type === 'SessionGranted'))
    expect(new Set(reader.entries().map(({ account }) => account))).toEqual(new Set([ada.accountId]))
    await reader.abort()
  })

  test('are resumed by `after` too, and the header counts before it', async () => {
    const reader = await own(ada.token)
    await reader.until(() => reader.lastId() !== '')
    const first = reader.lastId()
    await logIn()
    await reader.until(() => reader.entries().some(({ type }) => type === 'SessionGranted'))
    const entries = reader.entries()
    await reader.abort()
    const again = await readLive(app.url, `/audit/me/live?after=${first}`, { token: ada.token })
    expect(await caughtUp(again, entries.length)).toEqual(entries)
    const newer = await readLive(app.url, `/audit/me/live?after=${first}`, {
      token: ada.token,
      headers: { 'last-event-id': reader.lastId() },
    })
    await logIn('a wrong password')
    const [next] = await caughtUp(newer, 1)
    expect(entries).not.toContainEqual(next)
    await Promise.all([again.abort(), newer.abort()])
  })

  test('that are too many to be sent are a reset, and those after it are sent', async () => {
    const grace = await stranger()
    const reader = await own(grace.token)
    await reader.until(() => reader.lastId() !== '')
    await reader.abort()
    for (let n = 0; n < 40; n++) await app.logIn({ email: `somebody-${people}@example.org` })
    const again = await own(grace.token, { 'last-event-id': reader.lastId() })
    await again.until(() => again.events.length > 0)
    expect(again.events).toEqual([{ event: 'reset', id: again.lastId(), data: {} }])
    await app.logIn({ email: `somebody-${people}@example.org` })
    await again.until(() => again.entries().some(({ type }) => type === 'SessionGranted'))
    await again.abort()
  })

  test('are not given to those who may not read them', async () => {
    expect(await app.get('/audit/me/live')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.get('/audit/live')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.get('/audit/live', ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
  })

  test('take only ids of their own', async () => {
    const [everybodys, list] = await Promise.all([
      readLive(app.url, '/audit/live', { token: root.token }),
      app.get('/audit/me?limit=1', root.token),
    ])
    await everybodys.until(() => everybodys.lastId() !== '')
    const foreign = [everybodys.lastId(), list.body.next]
    await everybodys.abort()
    for (const id of ['x', '0', '1', ' ', 'x'.repeat(48), 'x'.repeat(5_000), ...foreign]) {
      const answer = await app.send({ method: 'GET', path: '/audit/me/live', token: ada.token, headers: { 'last-event-id': id } })
      expect([id, answer]).toMatchObject([id, { status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'after' }] } }])
    }
    for (const query of ['after=', 'after=x', 'after=x&after=y', `after=${'x'.repeat(65)}`, `account=${ada.accountId}`, 'type=x'])
      expect(await app.get(`/audit/me/live?${query}`, ada.token)).toMatchObject({ status: 400 })
  })
})
