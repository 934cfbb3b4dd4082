import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { aTime } from '../support/server/shapes.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

describe('the sessions of an account', () => {
  let app: InProcess
  let people = 0
  const somebody = async () => {
    const email = `person${++people}@example.org`
    const first = await app.register({ email })
    return { email, first, second: await app.logIn({ email }) }
  }
  beforeAll(async () => {
    app = await startTestServer()
  })
  afterAll(() => app.stop())

  test('are listed, newest first, with where they came from', async () => {
    const { email, first } = await somebody()
    const call = { method: 'POST', path: '/login', body: { ...person, email, transport: 'bearer' } } as const
    const third = await app.send({ ...call, headers: { 'user-agent': 'A browser/1.0' }, address: '192.0.2.7' })
    const answer = await app.get('/sessions', first.token)
    expect(answer.status).toBe(200)
    expect(answer.body.sessions).toHaveLength(3)
    expect(answer.body.sessions[0]).toEqual({
      id: third.body.session.id,
      current: false,
      grantedAt: aTime,
      lastSeenAt: aTime,
      expiresAt: aTime,
      factors: ['pwd'],
      address: '192.0.2.7',
      userAgent: 'A browser/1.0',
      device: { browser: null, system: null, platform: null },
    })
    const current = answer.body.sessions.filter((session: { current: boolean }) => session.current)
    expect(current.map(({ id }: { id: string }) => id)).toEqual([first.session.id])
  })

  test('come in pages, each session once, newest first, whatever ends in between', async () => {
    const { email, first } = await somebody()
    const ids = [first.session.id]
    for (let n = 0; n < 6; n += 1) ids.push((await app.logIn({ email })).session.id)
    const [one, two] = [await app.get('/sessions?limit=3', first.token), await app.get('/sessions', first.token)]
    expect(one.body.sessions).toHaveLength(3)
    expect(two.body.sessions).toHaveLength(8)
    expect(two.body.next).toBeNull()
    const all = two.body.sessions.map(({ id }: { id: string }) => id)
    const ended = one.body.sessions[2].id
    mustBe(204, await app.del(`/sessions/${ended}`, first.token))
    const rest = await app.get(`/sessions?limit=100&cursor=${one.body.next}`, first.token)
    expect([...one.body.sessions, ...rest.body.sessions].map(({ id }: { id: string }) => id)).toEqual(all)
    expect(rest.body.next).toBeNull()
    for (const query of ['limit=0', 'limit=101', 'cursor=1', 'page=2']) {
      expect((await app.get(`/sessions?${query}`, first.token)).body).toMatchObject({ code: 'VALIDATION_FAILED' })
    }
  })

  test('that ended do not make the list long to read', async () => {
    const { email, first } = await somebody()
    for (let n = 0; n < 60; n += 1) await app.logIn({ email })
    const full = await app.get('/sessions', first.token)
    expect(full.body.sessions).toHaveLength(50)
    expect(full.body.next).toEqual(expect.any(String))
    mustBe(204, await app.post('/logout/everywhere', undefined, first.token))
    const { token } = await app.logIn({ email })
    const left = await app.get('/sessions', token)
    expect(left.body.sessions).toHaveLength(1)
    expect(left.body.next).toBeNull()
  })

  test('show nothing of anybody else', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const ids = (await app.get('/sessions', one.first.token)).body.sessions.map(({ id }: { id: string }) => id)
    expect(ids).toHaveLength(2)
    expect(ids).not.toContain(other.first.session.id)
  })

  test('can be ended one by one', async () => {
    const { first, second } = await somebody()
    expect(await app.del(`/sessions/${second.session.id}`, first.token)).toMatchObject({ status: 204, text: '' })
    expect((await app.get('/session', second.token)).status).toBe(401)
    expect((await app.get('/session', first.token)).status).toBe(200)
    const listed = (await app.get('/sessions', first.token)).body.sessions
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([first.session.id])
  })

  test('can be ended twice, and with the session that asks', async () => {
    const { first, second } = await somebody()
    for (let n = 0; n < 2; n += 1) expect((await app.del(`/sessions/${second.session.id}`, first.token)).status).toBe(204)
    expect((await app.del(`/sessions/${first.session.id}`, first.token)).status).toBe(204)
    expect((await app.get('/session', first.token)).status).toBe(401)
  })

  test('of somebody else are as absent as those that never were', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const theirs = await app.del(`/sessions/${other.first.session.id}`, one.first.token)
    const nobodys = await app.del('/sessions/01890000-0000-7000-8000-000000000000', one.first.token)
    expect(theirs).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    expect(nobodys.text).toBe(theirs.text)
    expect((await app.get('/session', other.first.token)).status).toBe(200)
  })

  test('take no body but an empty one, and no id that is none', async () => {
    const { first, second } = await somebody()
    expect((await app.del(`/sessions/${second.session.id}`, first.token, { force: true })).status).toBe(400)
    expect((await app.del('/sessions/nothing', first.token)).body).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await app.del(`/sessions/${second.session.id}`, first.token, {})).status).toBe(204)
  })

  test('need a session', async () => {
    expect(await app.get('/sessions')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.del('/sessions/01890000-0000-7000-8000-000000000000')).toMatchObject({ status: 401 })
  })

  test('leave the list when they expire', async () => {
    const { email } = await somebody()
    app.advance(86_400_000 + 1_000)
    const { token } = await app.logIn({ email })
    expect((await app.get('/sessions', token)).body.sessions).toHaveLength(1)
  })

  test('in use are kept alive past the idle time', async () => {
    const { first, second } = await somebody()
    for (let quarter = 0; quarter < 6; quarter += 1) {
      app.advance(6 * 3_600_000)
      expect((await app.recorded(() => app.get('/session', first.token))).status).toBe(200)
    }
    expect((await app.get('/session', second.token)).status).toBe(401)
  })

  test('end at their absolute time, however busy', async () => {
    const { first } = await somebody()
    const uses = 30 * 4 - 1
    for (let quarter = 0; quarter < uses; quarter += 1) {
      app.advance(6 * 3_600_000)
      expect((await app.recorded(() => app.get('/secure/user', first.token))).status).toBe(200)
    }
    app.advance(6 * 3_600_000)
    expect((await app.get('/secure/user', first.token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken: first.refreshToken })).status).toBe(401)
  })
})
