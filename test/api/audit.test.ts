import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { anId, aTime } from '../support/server/shapes.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

type Entry = {
  readonly position: number
  readonly at: string
  readonly type: string
  readonly account: string | null
  readonly actor: string
  readonly address?: string | null
  readonly session: string | null
  readonly correlationId: string
}

describe('the audit trail', () => {
  let app: InProcess
  let root: { readonly accountId: string; readonly token: string }
  let ada: { readonly accountId: string; readonly token: string }
  const every = async (path: string, token: string) => {
    const found: Entry[] = []
    for (let cursor = ''; ; ) {
      const { status, body } = await app.get(`${path}${path.includes('?') ? '&' : '?'}limit=7${cursor}`, token)
      expect(status).toBe(200)
      expect(body.entries.length).toBeLessThanOrEqual(7)
      found.push(...body.entries)
      if (body.next === null) return found
      cursor = `&cursor=${body.next}`
    }
  }
  beforeAll(async () => {
    app = await startTestServer()
    root = await app.setUp(setupToken)
    ada = await app.register()
    await app.register({ email: 'grace@example.org' })
    for (const email of ['ada@example.org', 'nobody@example.org'])
      await app.post('/login', { email, password: 'wrong', transport: 'bearer' })
    const elevated = await app.elevated(root.token)
    await app.put(`/admin/accounts/${ada.accountId}/roles/editor`, undefined, elevated)
    root = { ...root, token: elevated }
  })
  afterAll(() => app.stop())

  test('tells what happened, newest first', async () => {
    const { status, body } = await app.get('/audit?limit=1', root.token)
    expect(status).toBe(200)
    expect(body).toEqual({
      entries: [
        {
          position: expect.any(Number),
          at: aTime,
          type: 'RoleGranted',
          account: ada.accountId,
          actor: root.accountId,
          summary: 'Role "editor" granted',
          session: anId,
          correlationId: anId,
          address: null,
        },
      ],
      next: expect.stringMatching(/^[A-Za-z0-9_-]{48}$/),
      previous: null,
    })
  })

  test('has every entry once, page by page, in the order of the log', async () => {
    await app.get('/audit', root.token)
    const entries = await every('/audit', root.token)
    const positions = entries.map(({ position }) => position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => b - a))
    const all = await app.gatebook.store.readAll(0, 10_000)()
    const audited = 'right' in all ? all.right.filter(({ type }) => type !== 'DataKeyWrapped').map(({ position }) => position) : []
    expect(positions).toEqual(audited.reverse())
  })

  test('can be narrowed by account, kind, actor and time', async () => {
    const all = await every('/audit', root.token)
    const known = new Set(all.map(({ position }) => position))
    const middle = all[Math.floor(all.length / 2)]?.at ?? ''
    const filters: readonly (readonly [string, (entry: Entry) => boolean])[] = [
      [`account=${ada.accountId}`, ({ account }) => account === ada.accountId],
      ['type=LoginAttempted', ({ type }) => type === 'LoginAttempted'],
      [`actor=${root.accountId}`, ({ actor }) => actor === root.accountId],
      ['actor=anonymous', ({ actor }) => actor === 'anonymous'],
      [`from=${middle}`, ({ at }) => at >= middle],
      [`to=${middle}`, ({ at }) => at <= middle],
      [`account=${ada.accountId}&type=SessionGranted`, ({ account, type }) => account === ada.accountId && type === 'SessionGranted'],
    ]
    for (const [filter, holds] of filters) {
      const expected = all.filter(holds)
      expect(expected.length, filter).toBeGreaterThan(0)
      const found = await every(`/audit?${filter}`, root.token)
      expect(
        found.filter(({ position, type }) => type !== 'DataRead' || known.has(position)),
        filter,
      ).toEqual(expected)
    }
    expect((await app.get('/audit?type=Nothing', root.token)).body).toEqual({ entries: [], next: null, previous: null })
  })

  test('is for administrators', async () => {
    expect(await app.get('/audit')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.get('/audit', ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
  })

  test('of oneself holds what happened to oneself and to nobody else', async () => {
    const own = await every('/audit/me', ada.token)
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own.map(({ account }) => account))).toEqual(new Set([ada.accountId]))
    const everybodys = await every('/audit', root.token)
    const ofAda = everybodys.filter(({ account }) => account === ada.accountId)
    const shown = ofAda.map(({ position: _, address: __, session, ...entry }) => ({
      ...entry,
      session: entry.actor === root.accountId ? null : session,
    }))
    expect(own).toEqual(shown)
    expect(new Set(own.map(({ session }) => session === null))).toEqual(new Set([true, false]))
    expect(await app.get('/audit/me')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('of oneself cannot be pointed at somebody else', async () => {
    const refused = await app.get(`/audit/me?account=${root.accountId}`, ada.token)
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })

  test.each(['/audit', '/audit/me', '/admin/accounts'])('takes only cursors of its own (%s)', async (path) => {
    const [log, own] = [await app.get('/audit?limit=1', root.token), await app.get('/audit/me?limit=1', root.token)]
    const cursors = { '/audit': log.body.next, '/audit/me': own.body.next }
    const madeUp = ['x', '0', '1', '50x', '-1', 'NaN', '1e3', 'x'.repeat(48), 'x'.repeat(65)]
    for (const cursor of [...madeUp, ...Object.entries(cursors).flatMap(([of, next]) => (of === path ? [] : [next]))]) {
      expect([cursor, await app.get(`${path}?cursor=${cursor}`, root.token)]).toMatchObject([
        cursor,
        { status: 400, body: { code: 'VALIDATION_FAILED' } },
      ])
    }
  })

  test.each([
    'limit=0',
    'limit=101',
    'limit=1e1',
    'limit=-1',
    'cursor=x',
    'cursor=0',
    'from=yesterday',
    'account=x',
    'type=',
    'limit=1&limit=2',
  ])('refuses ?%s', async (query) => {
    expect(await app.get(`/audit?${query}`, root.token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })
})
