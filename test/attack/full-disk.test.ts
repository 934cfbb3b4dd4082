import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { isInstalled } from '../support/installed.ts'
import { person } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const attempt = { ...person, email: 'nobody@example.org', transport: 'bearer' }

describe('a disk that takes no more', () => {
  test('makes the server not ready, and ready again when a write succeeds', async () => {
    let isFull = false
    const failure = { type: 'unavailable' as const, detail: 'the log failed: SQLITE_FULL' }
    const wrapStore = (store: EventStore): EventStore => ({
      ...store,
      append: (...args) => (isFull ? async () => left(failure) : store.append(...args)),
    })
    const told: string[] = []
    const app = await startTestServer({ hooks: { wrapStore, onStoreFailed: (detail) => told.push(detail) } })
    const { token } = await app.register()
    isFull = true
    for (let n = 0; n < 5; n++) expect((await app.post('/login', attempt)).status).toBe(503)
    expect(await app.get('/health/ready')).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE', reason: 'write_failed' } })
    expect((await app.get('/secure/user', token)).status).toBe(200)
    expect(told).toEqual([failure.detail])
    isFull = false
    expect((await app.post('/login', attempt)).status).toBe(401)
    expect((await app.get('/health/ready')).status).toBe(200)
    const head = await app.gatebook.store.head()()
    expect(isLeft(head)).toBe(false)
    await app.stop()
  })

  test.skipIf(!isInstalled('prlimit'))(
    'is told by SQLite’s code in one line, and needs no restart when there is room again (a real process and limit)',
    async () => {
      await using server = await startGatebook()
      const app = overHttp(server.baseUrl)
      await app.register()
      const limit = (octets: number | 'unlimited') => execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${octets}:unlimited`])
      limit(statSync(join(server.dataDir, 'gatebook.db-wal')).size + 1)
      let status = 0
      for (let n = 0; status !== 503 && n < 50; n++) status = (await app.post('/login', { ...attempt, email: `n${n}@example.org` })).status
      expect(status).toBe(503)
      for (let n = 0; n < 5; n++) await app.post('/login', attempt)
      expect(await app.get('/health/ready')).toMatchObject({ status: 503, body: { reason: 'write_failed' } })
      const lines = () =>
        server
          .output()
          .stdout.split('\n')
          .filter((line) => line.includes('the event log failed'))
      expect(lines()).toHaveLength(1)
      expect(lines()[0]).toMatch(/SQLITE_(FULL|IOERR)/)
      limit('unlimited')
      await setTimer(5_200)
      expect((await app.get('/health/ready')).status).toBe(200)
      expect((await app.post('/login', attempt)).status).toBe(401)
    },
  )
})
