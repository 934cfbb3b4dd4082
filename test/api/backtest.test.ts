import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { aTime } from '../support/server/shapes.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

const path = '/audit/backtest'
const linesOf = (text: string): Json[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('POST /audit/backtest', () => {
  let app: InProcess
  let root = ''
  let ada: { readonly accountId: string; readonly token: string }
  beforeAll(async () => {
    app = await startTestServer({ env: { LOGIN_MAX_ATTEMPTS: '7', BLOCKED_ADDRESSES: '203.0.113.0/24' } })
    root = (await app.setUp(setupToken)).token
    ada = await app.register()
    for (let guess = 0; guess < 4; guess += 1)
      await app.send({
        method: 'POST',
        path: '/login',
        address: '198.51.100.7',
        body: { email: 'ada@example.org', password: 'wrong', transport: 'bearer' },
      })
    await app.logIn()
  })
  afterAll(() => app.stop())

  const run = async (body: object, token: string | undefined = root) => {
    const answer = await app.post(path, body, token)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } })
    return linesOf(answer.text)
  }
  const reportOf = async (policy: object, range: object = {}) => (await run({ policy, ...range })).at(-1)

  test('is for administrators, and recorded', async () => {
    expect(await app.post(path, { policy: {} })).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.post(path, { policy: {} }, ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    await run({ policy: {} })
    const { entries } = (await app.get('/audit?type=DataRead', root)).body
    expect(entries[0]).toMatchObject({ type: 'DataRead' })
  })

  test('tells the progress, and then what the policy would have done', async () => {
    const lines = await run({ policy: { loginMaxAttempts: 3, loginLockoutSeconds: 600 } })
    expect(lines[0]).toEqual({ done: 0, total: expect.any(Number) })
    const { policy, logins, codes, networks, timeline } = lines.at(-1)
    expect(policy).toEqual({
      login: { maxAttempts: 3, lockout: 600_000, lockoutMax: expect.any(Number) },
      codes: { maxAttempts: 5, lockout: 60_000, lockoutMax: expect.any(Number) },
      networks: { attemptsPerMinute: 0, blocked: 1 },
    })
    expect(logins.recorded).toMatchObject({ locks: 0, names: 0 })
    expect(logins.tried).toMatchObject({ locks: 1, lockedMs: 600_000, refusedLogins: 1, stoppedGuesses: 1, names: 1 })
    expect(logins.accounts).toMatchObject([{ accountId: ada.accountId, tried: { locks: 1 } }])
    expect([logins.moreAccounts, codes.moreAccounts, networks.moreAccounts]).toEqual([0, 0, 0])
    expect(timeline).toEqual({ step: 'hour', steps: expect.any(Array) })
    const sums = (name: string) => timeline.steps.reduce((sum: number, step: Json) => sum + step[name], 0)
    expect([sums('recordedLocks'), sums('locks'), sums('refusedLogins'), sums('stoppedGuesses')]).toEqual([0, 1, 1, 1])
    expect(timeline.steps[0].at).toEqual(aTime)
  })

  test('finds the policy in force to do what was recorded, and counts in the range only', async () => {
    const { logins, codes, networks, timeline } = await reportOf({})
    expect([logins.tried, codes.tried]).toEqual([logins.recorded, codes.recorded])
    expect([networks.tried.refused, timeline.steps]).toEqual([0, []])
    const later = await reportOf({ loginMaxAttempts: 1 }, { from: '2100-01-01T00:00:00.000Z' })
    expect(later.logins.tried.locks).toBe(0)
    const earlier = await reportOf({ loginMaxAttempts: 1 }, { to: '2000-01-01T00:00:00.000Z' })
    expect(earlier.logins.tried.locks).toBe(0)
  })

  test('opens the addresses of attempts, and says no network again', async () => {
    const answer = await app.post(path, { policy: { blockedAddresses: ['198.51.100.0/24'] } }, root)
    expect(answer.text).not.toContain('198.51.100')
    const { networks, policy } = linesOf(answer.text).at(-1)
    expect(networks).toMatchObject({
      tried: { refused: 4, blocked: 4, stoppedGuesses: 4, refusedLogins: 0, names: 1, networks: 1, unopened: 0 },
      accounts: [{ accountId: ada.accountId, stoppedGuesses: 4 }],
    })
    expect(policy.networks).toEqual({ attemptsPerMinute: 0, blocked: 1 })
  })

  test.each([
    [{}, 'policy', 'an object'],
    [{ policy: { loginMaxAttempt: 3 } }, 'policy', 'no other properties'],
    [{ policy: { loginMaxAttempts: 'three' } }, 'policy.loginMaxAttempts', 'number'],
    [{ policy: { loginMaxAttempts: 0 } }, 'policy.loginMaxAttempts', 'a whole number from 1 to 1000'],
    [{ policy: { loginMaxAttempts: 1.5 } }, 'policy.loginMaxAttempts', 'a whole number from 1 to 1000'],
    [{ policy: { blockedAddresses: ['here'] } }, 'policy.blockedAddresses', expect.stringContaining('networks')],
    [{ policy: { blockedAddresses: ['192.0.2.1,192.0.2.2'] } }, 'policy.blockedAddresses', expect.stringContaining('networks')],
    [{ policy: {}, from: '2026-11-01' }, 'from', 'an ISO 8601 time in UTC with milliseconds'],
  ])('refuses %j', async (body, at, expected) => {
    expect(await app.post(path, body, root)).toMatchObject({
      status: 400,
      body: problem('VALIDATION_FAILED', { errors: [{ path: at, expected }] }),
    })
  })

  test('runs one at a time, and the next when that one is done', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => app.post(path, { policy: {} }, root)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 503, 503])
    const busy = answers.find(({ status }) => status === 503)
    expect(busy).toMatchObject({ headers: { 'retry-after': '5' }, body: problem('BACKTEST_RUNNING', { retryAfter: 5 }) })
    await run({ policy: {} })
  })
})
