import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { inProcess } from '../support/server/in-process.ts'

const hour = 3_600_000
const day = 24 * hour

describe('a clock that is set', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-clock-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  test('forwards ends sessions, elevations and refresh tokens', async () => {
    const house = await inProcess({ dataDir })
    const { token, refreshToken } = await house.register()
    const elevated = await house.elevated(token)
    house.advance(hour)
    expect((await house.get('/secure/elevated', elevated)).body.code).toBe('ELEVATION_REQUIRED')
    house.advance(40 * day)
    expect((await house.get('/secure/user', elevated)).status).toBe(401)
    expect((await house.post('/session/refresh', { refreshToken })).status).toBe(401)
    await house.stop()
  })

  test('back revives nothing that has expired', async () => {
    const house = await inProcess({ dataDir })
    const { token } = await house.register()
    const elevated = await house.elevated(token)
    house.advance(hour)
    expect((await house.get('/secure/elevated', elevated)).status).toBe(403)
    house.advance(-hour)
    expect((await house.get('/secure/elevated', elevated)).status).toBe(403)
    house.advance(2 * day)
    expect((await house.get('/secure/user', elevated)).status).toBe(401)
    house.advance(-2 * day)
    expect((await house.get('/secure/user', elevated)).status).toBe(401)
    await house.stop()
  })

  test('back ends no lock late and none early', async () => {
    const house = await inProcess({ dataDir })
    await house.register()
    for (let n = 0; n < 5; n += 1) await house.post('/login', { ...person, password: 'wrong', transport: 'bearer' })
    house.advance(-day)
    const locked = await house.post('/login', { ...person, transport: 'bearer' })
    expect(locked.body.code).toBe('LOCKED_OUT')
    expect(locked.body.retryAfter).toBeLessThanOrEqual(60)
    await house.stop()
  })

  test('back before a restart revives nothing that the log knows to be over', async () => {
    const first = await inProcess({ dataDir })
    const { token } = await first.register()
    first.advance(2 * day)
    expect((await first.get('/secure/user', token)).status).toBe(401)
    // Something is recorded at the late time, and then, with the clock set back, something more.
    await first.logIn()
    first.advance(-2 * day)
    await first.logIn()
    await first.stop()
    const second = await inProcess({ dataDir })
    expect((await second.get('/secure/user', token)).status).toBe(401)
    await second.stop()
  })
})
