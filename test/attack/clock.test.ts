import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const hour = 3_600_000
const day = 24 * hour

describe('a clock that is set', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-clock-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  test('forwards ends sessions, elevations and refresh tokens', async () => {
    const app = await startTestServer({ dataDir })
    const { token, refreshToken } = await app.register()
    const elevated = await app.elevated(token)
    app.advance(hour)
    expect((await app.get('/secure/elevated', elevated)).body.code).toBe('ELEVATION_REQUIRED')
    app.advance(40 * day)
    expect((await app.get('/secure/user', elevated)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
    await app.stop()
  })

  test('back revives nothing that has expired', async () => {
    const app = await startTestServer({ dataDir })
    const { token } = await app.register()
    const elevated = await app.elevated(token)
    app.advance(hour)
    expect((await app.get('/secure/elevated', elevated)).status).toBe(403)
    app.advance(-hour)
    expect((await app.get('/secure/elevated', elevated)).status).toBe(403)
    app.advance(2 * day)
    expect((await app.get('/secure/user', elevated)).status).toBe(401)
    app.advance(-2 * day)
    expect((await app.get('/secure/user', elevated)).status).toBe(401)
    await app.stop()
  })

  const env = { ACCEPT_CLOCK_JUMP: 'true' }

  test('back ends no lock late and none early', async () => {
    const app = await startTestServer({ dataDir, env })
    await app.register()
    for (let n = 0; n < 5; n += 1) await app.post('/login', { ...person, password: 'wrong', transport: 'bearer' })
    app.advance(-day)
    const locked = await app.post('/login', { ...person, transport: 'bearer' })
    expect(locked.body.code).toBe('LOCKED_OUT')
    expect(locked.body.retryAfter).toBeLessThanOrEqual(60)
    await app.stop()
  })

  test('back before a restart revives nothing that the log knows to be over', async () => {
    const first = await startTestServer({ dataDir, env })
    const { token } = await first.register()
    first.advance(2 * day)
    expect((await first.get('/secure/user', token)).status).toBe(401)
    // One event is recorded at the late time, the next one after the clock was set back.
    await first.logIn()
    first.advance(-2 * day)
    await first.logIn()
    await first.stop()
    const second = await startTestServer({ dataDir, env })
    expect((await second.get('/secure/user', token)).status).toBe(401)
    await second.stop()
  })
})
