import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { crashingBefore } from '../../support/test-app/stores.ts'

type Root = { readonly accountId: string; readonly token: string; readonly session: { readonly id: string } }

const minute = 60_000

describe('what administrators read of others', () => {
  let app: InProcess
  let root: Root
  let ada: { readonly accountId: string; readonly token: string }
  let around: (store: EventStore) => EventStore = (store) => store
  beforeAll(async () => {
    const wrapStore = (store: EventStore): EventStore => ({ ...store, append: (...what) => around(store).append(...what) })
    app = await startTestServer({ hooks: { wrapStore } })
    root = await app.setUp(setupToken)
    ada = await app.register()
  })
  afterAll(() => app.stop())
  beforeEach(() => {
    around = (store) => store
    app.advance(minute)
  })

  const reads = async () => (await succeed(app.gatebook.store.read(`access-${root.accountId}`))).filter(({ type }) => type === 'DataRead')
  const since = async (call: () => Promise<unknown>) => {
    const before = (await reads()).length
    await call()
    return (await reads()).slice(before)
  }

  test.each([
    ['/admin/accounts', () => ({ what: 'accounts', subject: null })],
    ['/admin/accounts?email=ada%40example.org', () => ({ what: 'account', subject: ada.accountId })],
    ['/admin/accounts?email=nobody%40example.org', () => ({ what: 'accounts', subject: null })],
    ['/admin/accounts?prefix=ad', () => ({ what: 'accounts', subject: null })],
    ['/admin/accounts/ADA/sessions', () => ({ what: 'sessions', subject: ada.accountId })],
    ['/admin/accounts/ADA', () => ({ what: 'account', subject: ada.accountId })],
    ['/audit', () => ({ what: 'audit', subject: null })],
    ['/audit?account=ADA&type=SessionGranted', () => ({ what: 'audit', subject: ada.accountId })],
    ['/audit?actor=ADA', () => ({ what: 'audit', subject: ada.accountId })],
    ['/audit?actor=system', () => ({ what: 'audit', subject: null })],
  ])('%s is an event', async (path, read) => {
    const found = await since(async () => expect((await app.get(path.replace('ADA', ada.accountId), root.token)).status).toBe(200))
    expect(found.map(({ data, metadata }) => ({ data, actor: metadata.actor }))).toEqual([
      { data: { sessionId: root.session.id, ...read(), at: expect.any(String) }, actor: root.accountId },
    ])
  })

  test.each([
    ['one’s own audit trail', '/audit/me', 200],
    ['one’s own session', '/session', 200],
    ['the health of the service, which names no person', '/admin/health', 200],
    ['the policy in force, which names no person', '/admin/policy', 200],
    ['what does not exist', '/admin/accounts/01970000-0000-7000-8000-000000000000', 404],
    ['what is refused as malformed', '/audit?cursor=x', 400],
  ])('%s is none', async (_what, path, status) =>
    expect(await since(async () => expect((await app.get(path, root.token)).status).toBe(status))).toEqual([]),
  )

  test('is in the log before it is answered', async () => {
    const append: { go: () => void } = { go: () => {} }
    const held = new Promise<void>((resolve) => {
      append.go = resolve
    })
    let waiting = false
    around = (store) => ({
      ...store,
      append:
        (...what) =>
        async () => {
          waiting = true
          await held
          return store.append(...what)()
        },
    })
    let answered = false
    const answer = app.get('/admin/accounts', root.token).finally(() => {
      answered = true
    })
    while (!waiting) await new Promise((next) => setTimeout(next, 1))
    await new Promise((next) => setTimeout(next, 30))
    expect(answered).toBe(false)
    append.go()
    expect((await answer).status).toBe(200)
  })

  test.each(['/admin/accounts', '/admin/accounts/ADA', '/admin/accounts/ADA/sessions', '/audit'])(
    'is not answered if it cannot be recorded: %s',
    async (path) => {
      around = crashingBefore('DataRead')
      const answer = await app.get(path.replace('ADA', ada.accountId), root.token)
      expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
      expect(answer.text).not.toContain(ada.accountId)
      expect(answer.text).not.toContain('example.org')
    },
  )

  test('is not answered if the session ends while it is recorded', async () => {
    const other = await app.logIn({ email: 'root@example.org' })
    around = (store) => ({
      ...store,
      append: (stream, revision, events) => async () => {
        if (events.some(({ type }) => type === 'DataRead')) {
          around = (plain) => plain
          expect((await app.post('/logout', undefined, other.token)).status).toBe(204)
        }
        return store.append(stream, revision, events)()
      },
    })
    expect(await app.get('/admin/accounts', other.token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('again within a minute adds no event, and after it one', async () => {
    const path = `/admin/accounts/${ada.accountId}`
    expect(await since(() => app.get(path, root.token))).toHaveLength(1)
    expect(await since(() => app.get(path, root.token))).toHaveLength(0)
    app.advance(minute)
    expect(await since(() => app.get(path, root.token))).toHaveLength(1)
  })

  test('is one event for the same, and one for each other, when they are read at once', async () => {
    const paths = ['/admin/accounts', '/audit', `/admin/accounts/${ada.accountId}`, `/admin/accounts/${root.accountId}`]
    const found = await since(async () => {
      const answers = await Promise.all(paths.flatMap((path) => Array.from({ length: 6 }, () => app.get(path, root.token))))
      expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200))
    })
    expect(found.map(({ data }) => data)).toHaveLength(4)
  })

  test('is found in the audit trail under the reader, in words, and not under the one who was read', async () => {
    await app.get(`/admin/accounts/${ada.accountId}`, root.token)
    const entries = async (query: string) => (await app.get(`/audit?type=DataRead&limit=100&${query}`, root.token)).body.entries
    const entry = { account: root.accountId, actor: root.accountId, summary: `Account read: ${ada.accountId}` }
    expect(await entries(`account=${root.accountId}`)).toContainEqual(expect.objectContaining(entry))
    expect(await entries(`actor=${root.accountId}`)).toContainEqual(expect.objectContaining(entry))
    expect(await entries(`account=${ada.accountId}`)).toEqual([])
    const own = (await app.get('/audit/me?type=DataRead&limit=100', root.token)).body.entries
    expect(own).toContainEqual(expect.objectContaining(entry))
  })
})
