import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accessTokenVerifier } from '../../infrastructure/access-tokens/verify-access-token.ts'
import { codeAt, stepAt } from '../../infrastructure/otp/one-time-code.ts'
import { person } from '../support/server/client.ts'
import { secondFactorIn } from '../support/server/second-factor.ts'
import { origin, startTestServer } from '../support/server/start-test-server.ts'
import { succeed } from '../support/test-app/outcomes.ts'

const hour = 3_600_000
const year = 365 * 24 * hour

describe('a wall clock that is wrong for one log-in of a stranger', () => {
  let dataDir: string
  let wrongBy = 0
  beforeEach(() => {
    wrongBy = 0
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-jump-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  /** Time stands still but for what the test adds; the monotonic clock does not jump. */
  const started = Date.now() - (Date.now() % 30_000)
  let passed = 0
  const hooks = { wall: () => started + passed + wrongBy, elapsed: () => passed }
  const start = (env: Record<string, string> = {}, more = {}) => startTestServer({ dataDir, env, hooks: { ...hooks, ...more } })
  const stranger = { ...person, email: 'stranger@example.org', transport: 'bearer' }
  const right = (secret: string) => {
    passed += 30_000
    return codeAt(secret, stepAt((started + passed) as Parameters<typeof stepAt>[0]))
  }
  const verified = async (app: Awaited<ReturnType<typeof start>>, token: string, at: number) => {
    const jwks = async () => succeed(app.gatebook.accessTokens.jwks())
    return accessTokenVerifier({ issuer: origin, audience: origin, jwks, now: () => at })(token)
  }

  test.each([year, -year, 2 * hour])('by %i ms records nothing, is told, and is over when it is right again', async (jump) => {
    const told: string[] = []
    const app = await start({}, { onClock: ({ type }: { type: string }) => told.push(type) })
    const steps = secondFactorIn(app)
    const ada = await steps.somebody('ada@example.org')
    await app.post('/token', undefined, ada.token)
    const before = await app.gatebook.store.head()()
    wrongBy = jump
    expect(await app.post('/login', stranger)).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
    expect(await app.get('/health/ready')).toMatchObject({ status: 503, body: { reason: 'clock_jumped' } })
    expect(await app.post('/token', undefined, ada.token)).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
    wrongBy = 0
    expect(await app.gatebook.store.head()()).toEqual(before)
    const { accessToken } = (await app.post('/token', undefined, ada.token)).body
    expect(isRight(await verified(app, accessToken, started + passed))).toBe(true)
    expect(told).toEqual(['jumped', 'restored'])
    expect((await app.get('/secure/user', ada.token)).status).toBe(200)
    expect((await steps.answer(await steps.challengeOf(ada.email), right(ada.secret))).status).toBe(200)
    await app.stop()
  })

  test.each([hour, year])('by %i ms, accepted, spoils neither codes nor access tokens, also after a restart', async (jump) => {
    const accept = { ACCEPT_CLOCK_JUMP: 'true' }
    const first = await start(accept)
    const ada = await secondFactorIn(first).somebody('ada@example.org')
    wrongBy = jump
    expect((await first.post('/login', stranger)).status).toBe(401)
    wrongBy = 0
    await first.stop()
    const second = await start(accept)
    const steps = secondFactorIn(second)
    const session = await steps.answer(await steps.challengeOf(ada.email), right(ada.secret))
    expect(session.status).toBe(200)
    const { accessToken, expiresIn } = (await second.post('/token', undefined, session.body.token)).body
    expect(expiresIn).toBe(300)
    expect(isRight(await verified(second, accessToken, started + passed))).toBe(true)
    expect(isLeft(await verified(second, accessToken, started + passed + 301_000))).toBe(true)
    await second.stop()
  })

  test('stops the next start when the newest event is more than a day in the future, until the operator goes on', async () => {
    wrongBy = year
    const ahead = await start()
    await ahead.register()
    await ahead.stop()
    wrongBy = 0
    await expect(start()).rejects.toMatchObject({
      failure: { type: 'clock_jumped', detail: expect.stringContaining('ACCEPT_CLOCK_JUMP=true') },
    })
    await (await start({ ACCEPT_CLOCK_JUMP: 'true' })).stop()
  })

  test('stops a start in production more than a day after the newest event and the last run', async () => {
    const production = {
      NODE_ENV: 'production',
      PUBLIC_ORIGIN: 'https://login.example.org',
      ARGON2_MEMORY_KIB: '7168',
      ARGON2_TIME: '5',
    }
    const first = await start(production)
    await first.register()
    await first.stop()
    wrongBy = year
    await expect(start(production)).rejects.toMatchObject({ failure: { type: 'clock_jumped' } })
    await (await start({ ...production, ACCEPT_CLOCK_JUMP: 'true' })).stop()
    const told: string[] = []
    wrongBy = 2 * year
    await (await start({}, { onClock: ({ type }: { type: string }) => told.push(type) })).stop()
    expect(told).toEqual(['ahead'])
  })
})
