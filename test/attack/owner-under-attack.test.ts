import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { longestRun } from './support/guesses.ts'

const rounds = 20
const limit = 5
const owner = { email: 'root@example.org', password: 'a long enough passphrase' }

describe(`an administrator whose address strangers guess at, ${rounds} waves of forty guesses`, () => {
  let app: InProcess
  let device: string
  let token: string

  const logIn = (cookie?: string) =>
    app.send({ method: 'POST', path: '/login', body: owner, origin, headers: cookie === undefined ? {} : { cookie } })
  const guess = (n: number) => app.post('/login', { ...owner, password: `guess number ${n}`, transport: 'bearer' })
  const wave = () => Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)))
  const attempts = async (isKnown: boolean) => {
    const events = await everyEvent(app.gatebook.store)
    const lane = ({ data }: RecordedEvent) => (data as { readonly deviceId?: string | null }).deviceId
    return events.filter((event) => event.type === 'PasswordAccepted' || (lane(event) !== undefined && (lane(event) !== null) === isKnown))
  }

  beforeAll(async () => {
    app = await startTestServer({ env: { LOGIN_MAX_ATTEMPTS: String(limit), HASH_QUEUE_LIMIT: '1000' } })
    token = String((await app.setUp(setupToken)).token)
    device = `__Host-gatebook-device=${cookieOf(await logIn(), '__Host-gatebook-device').token}`
  })
  afterAll(() => app.stop())

  test('gets in on a known device and elevates, every time, while others are locked out', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [answers, loggedIn, elevated] = await Promise.all([
        wave(),
        logIn(device),
        app.post('/session/elevate', { password: owner.password }, token),
      ])
      expect(answers.filter(({ status }) => status === 200)).toEqual([])
      expect(loggedIn.status).toBe(200)
      expect(elevated.status).toBe(200)
      token = elevated.body.token
      expect((await logIn()).body.code).toBe('LOCKED_OUT')
      app.advance(3_600_000)
    }
    expect(longestRun(await attempts(false))).toBeLessThanOrEqual(limit)
  })

  test('does not get in with the device of somebody else, or with a cookie that was changed', async () => {
    const other = await app.send({ method: 'POST', path: '/register', body: { ...owner, email: 'other@example.org' }, origin })
    const foreign = cookieOf(other, '__Host-gatebook-device').token
    await wave()
    for (const cookie of [`__Host-gatebook-device=${foreign}`, `${device.slice(0, -2)}xx`, '__Host-gatebook-device=x', `x${device}`])
      expect((await logIn(cookie)).body.code, cookie).toBe('LOCKED_OUT')
    expect((await logIn(device)).status).toBe(200)
  })

  test('does not get in on a device that was removed', async () => {
    const session = cookieOf(await logIn(device)).token
    const { devices } = (await app.send({ method: 'GET', path: '/devices', cookie: session })).body
    expect(devices.length).toBeGreaterThan(0)
    for (const { id } of devices) {
      const removed = await app.send({ method: 'DELETE', path: `/devices/${id}`, cookie: session, origin })
      expect(removed.status).toBe(204)
    }
    await wave()
    expect((await logIn(device)).body.code).toBe('LOCKED_OUT')
  })
})

test('a thousand refreshes after a restart cost what one costs: fewer than 300 events are read', async () => {
  const app = await startTestServer()
  let { refreshToken } = await app.register({ email: 'refreshes@example.org' })
  for (let n = 0; n < 1_000; n += 1) refreshToken = (await app.post('/session/refresh', { refreshToken })).body.refreshToken
  const stream = `session-${String(refreshToken).split('.')[0]}`
  const recorded = await app.gatebook.store.read(stream)()
  if (isLeft(recorded)) throw new Error('the log cannot be read')
  const summary = recorded.right.findLastIndex(({ type }) => type === 'SessionSummarized')
  expect(recorded.right.length).toBeGreaterThan(1_000)
  expect(recorded.right.length - summary).toBeLessThan(300)
  expect(Math.max(...recorded.right.map(({ data }) => JSON.stringify(data).length))).toBeLessThan(1_500)
  await app.stop()
})
