import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, setupToken, startTestServer } from '../support/server/start-test-server.ts'

const budget = 3
const home = '192.0.2.50'

describe('a network that has failed at as many addresses as it may', () => {
  let app: InProcess
  const logIn = (email: string, password = 'not the password', address = home) =>
    app.send({ method: 'POST', path: '/login', body: { email, password, transport: 'bearer' }, address })

  beforeEach(async () => {
    app = await startTestServer({ env: { LOGIN_NAMES_PER_HOUR: String(budget) } })
    await app.register()
    for (let n = 0; n < budget; n += 1) expect((await logIn(`n${n}@example.org`)).status).toBe(401)
  })
  afterEach(() => app.stop())

  test('gets the same answer for known and unknown ones, right passwords and wrong ones, and nothing is recorded', async () => {
    const before = { events: (await everyEvent(app.gatebook.store)).length, verified: app.counted.verified }
    for (const email of [person.email, 'nobody@example.org']) {
      for (const password of [person.password, 'not the password']) {
        const refused = await logIn(email, password)
        expect([refused.status, refused.headers['retry-after']]).toEqual([429, String(refused.body.retryAfter)])
        expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 1200 })
      }
    }
    expect((await everyEvent(app.gatebook.store)).length).toBe(before.events)
    expect(app.counted.verified).toBe(before.verified)
  })

  test('may still try the addresses that it failed at, and gets in with a device that the account knows', async () => {
    expect((await logIn('n0@example.org')).status).toBe(401)
    const onDevice = (headers: Record<string, string>) =>
      app.send({ method: 'POST', path: '/login', body: person, origin, address: headers.from ?? home, headers })
    const device = cookieOf(await onDevice({ from: '192.0.2.1' }), '__Host-gatebook-device').token
    expect((await onDevice({})).status).toBe(429)
    expect((await onDevice({ cookie: `__Host-gatebook-device=${device}` })).status).toBe(200)
  })

  test('costs other networks nothing, and has a place again after a while', async () => {
    expect((await logIn(person.email, person.password, '192.0.2.51')).status).toBe(200)
    app.advance(1_200_000)
    expect((await logIn(person.email, person.password)).status).toBe(200)
    expect((await logIn('nobody@example.org')).status).toBe(401)
    expect((await logIn('another@example.org')).status).toBe(429)
  })
})

test('what strangers guessed is recorded when the server stops, and is in the audit trail', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-test-'))
  const first = await startTestServer({ dataDir, env: { LOGIN_NAMES_PER_HOUR: '1' } })
  await first.setUp(setupToken)
  for (let n = 0; n < 3; n += 1)
    await first.post('/login', { email: `n${n}@example.org`, password: 'not the password', transport: 'bearer' })
  await first.post('/session/refresh', { refreshToken: 'made up' })
  await first.stop()
  const second = await startTestServer({ dataDir })
  const token = await second.elevated((await second.logIn({ email: 'root@example.org' })).token)
  const { entries } = (await second.get('/audit?type=GuessesRefused', token)).body
  expect(entries).toMatchObject([{ type: 'GuessesRefused', actor: 'system', account: null }])
  expect(entries[0].summary).toMatch(
    /^Refused from \S+ to \S+ \(login at one address too many: 2, from 1 network; made-up refresh token: 1, from 1 network\)$/,
  )
  await second.stop()
  rmSync(dataDir, { recursive: true })
})
