import { statSync } from 'node:fs'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EventStore, StoreFailure } from '../../../application/ports/event-store.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const full: StoreFailure = { type: 'unavailable', detail: 'the disk is full' }

describe('the health that an administrator sees', () => {
  let app: InProcess
  let root: string
  let failing: Partial<EventStore> = {}
  beforeAll(async () => {
    const wrapStore = (store: EventStore): EventStore => ({
      ...store,
      append: (...what) => (failing.append ?? store.append)(...what),
      head: () => (failing.head ?? store.head)(),
      readAll: (...what) => (failing.readAll ?? store.readAll)(...what),
    })
    app = await startTestServer({ hooks: { wrapStore }, env: { HASH_QUEUE_LIMIT: '64' }, hasher: { concurrency: 2 } })
    root = (await app.setUp(setupToken)).token
  })
  beforeEach(() => {
    failing = {}
  })
  afterAll(() => app.stop())

  const head = async () => {
    const read = await app.gatebook.store.head()()
    return read._tag === 'Right' ? read.right : Number.NaN
  }
  const health = async () => {
    const { status, body } = await app.get('/admin/health', root)
    expect(status).toBe(200)
    return body
  }

  test('is that of log, read models, queues, disk and process', async () => {
    const events = await head()
    expect(await health()).toEqual({
      ready: true,
      reason: null,
      log: { store: 'sqlite', events, sizeBytes: expect.any(Number) },
      readModels: { position: events, lag: 0, fresh: true },
      refold: null,
      queues: { hashing: { running: 0, waiting: 0, places: 99 }, mail: { waiting: 0, places: 5000 } },
      disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
      process: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        node: process.version,
        startedAt: new Date(Math.round(performance.timeOrigin)).toISOString(),
        memoryBytes: expect.any(Number),
      },
    })
  })

  test('counts the bytes of the log with those that are not in its main file yet', async () => {
    const { sizeBytes } = (await health()).log
    expect(sizeBytes).toBe(['', '-wal'].reduce((sum, end) => sum + statSync(join(app.dataDir, `gatebook.db${end}`)).size, 0))
  })

  test('has sensible numbers of the disk', async () => {
    const { freeBytes, totalBytes } = (await health()).disk
    expect(freeBytes).toBeGreaterThan(0)
    expect(freeBytes).toBeLessThanOrEqual(totalBytes)
  })

  test('shows the hashes that run and wait', async () => {
    const { hasher } = app.gatebook.ports.crypto
    const hashing = [1, 2, 3, 4].map((n) => hasher.hash('a long enough passphrase', { account: null, network: `192.0.2.${n}` })())
    const [during] = await Promise.all([Promise.resolve(app.gatebook.load.hashing()), ...hashing])
    expect(during).toEqual({ running: 2, waiting: 2, places: 99 })
    expect((await health()).queues.hashing).toEqual({ running: 0, waiting: 0, places: 99 })
  })

  test('is answered while the log cannot be written, and is no event', async () => {
    const events = await head()
    failing = { append: () => async () => left(full) }
    expect((await app.get('/admin/accounts', root)).status).toBe(503)
    expect(await health()).toMatchObject({
      ready: false,
      reason: 'write_failed',
      log: { events },
      readModels: { position: events, lag: 0 },
    })
    failing = {}
    expect((await app.get('/admin/accounts', root)).status).toBe(200)
    const after = await head()
    expect(await health()).toMatchObject({ ready: true, log: { events: after } })
    expect(await head()).toBe(after)
  })

  test('is answered while the log cannot be read, without what cannot be known', async () => {
    failing = { head: () => async () => left(full), readAll: () => async () => left(full) }
    expect(await health()).toMatchObject({
      log: { store: 'sqlite', events: null },
      readModels: { position: expect.any(Number), lag: null, fresh: true },
    })
  })

  test('tells how far the read models are behind', async () => {
    const events = await head()
    failing = { head: () => async () => right(events + 7) }
    expect((await health()).readModels).toEqual({ position: events, lag: 7, fresh: true })
  })

  test('is for administrators only', async () => {
    const { token } = await app.register()
    for (const path of ['/admin/health', '/admin/policy']) {
      expect((await app.get(path)).body.code).toBe('SESSION_REQUIRED')
      expect((await app.get(path, token)).body.code).toBe('ROLE_REQUIRED')
    }
  })
})

test('a log in memory has its own place on disk', async () => {
  const app = await startTestServer({ env: { EVENT_STORE: 'memory' } })
  const { token } = await app.setUp(setupToken)
  const { body } = await app.get('/admin/health', token)
  expect(body).toMatchObject({ ready: true, log: { store: 'memory', events: body.readModels.position, sizeBytes: expect.any(Number) } })
  expect(body.disk.freeBytes).toEqual(expect.any(Number))
  await app.stop()
})

test('mails that cannot be delivered are seen to wait', async () => {
  const app = await startTestServer({ env: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@example.org' } })
  const { send } = app.gatebook.ports.mail
  const sending = send({ to: 'ada@example.org', subject: 'Hello', text: 'Hello\n' }, { account: 'ada' })()
  expect(app.gatebook.load.mail()).toEqual({ waiting: 1, places: 5000 })
  await app.stop()
  await sending
  expect(app.gatebook.load.mail().waiting).toBe(0)
})

test('a page that polls the health does not keep its session', async () => {
  const app = await startTestServer()
  const { token } = await app.setUp(setupToken)
  for (let hours = 0; hours < 23; hours += 1) {
    app.advance(60 * 60_000)
    expect((await app.get('/admin/health', token)).status).toBe(200)
    await app.gatebook.settled()
  }
  app.advance(60 * 60_000)
  expect((await app.get('/admin/health', token)).status).toBe(401)
  await app.stop()
})
