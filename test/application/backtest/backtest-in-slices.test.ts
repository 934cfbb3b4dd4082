import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type BacktestLine, backtestsInSlices } from '../../../application/backtest/backtest-in-slices.ts'
import type { BacktestPolicy } from '../../../application/backtest/open-backtest.ts'
import type { LocalLog, LoggedEvent } from '../../../application/ports/local-log.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { LoginAttempted, PasswordRejected } from '../../../domain/login/events.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { attempted, minute, rejected } from '../../support/domain/login-examples.ts'

const lockout = { maxAttempts: 3, lockout: minute, lockoutMax: minute }
const policy: BacktestPolicy = {
  login: { ...lockout, challengeLifetime: null },
  codes: lockout,
  networks: { attemptsPerMinute: 0, blocked: [] },
}
const everything = { from: null, to: null }

/** Guesses at accounts of their own, five at each. */
const logOf = (guesses: number): LocalLog => {
  const events = Array.from({ length: guesses }, (_, n): readonly LoggedEvent[] => {
    const stream = loginStream(blindIndex(Math.floor(n / 5)))
    const placed = { stream, revision: 0, metadata: { actor: 'anonymous', correlationId: 'c' } }
    const first = attempted(n, n * 1_000)
    const ofItsOwn = { ...first, data: { ...first.data, accountId: accountId(Math.floor(n / 5)) } }
    return [
      { ...placed, position: 2 * n + 1, ...(LoginAttempted.codec.encode(ofItsOwn) as { type: string; version: number; data: unknown }) },
      {
        ...placed,
        position: 2 * n + 2,
        ...(PasswordRejected.codec.encode(rejected(n, n * 1_000)) as { type: string; version: number; data: unknown }),
      },
    ]
  }).flat()
  return {
    ends: () => ({ count: events.length, newest: events.length, head: events.length }),
    after: (position, limit) => events.slice(position, position + limit),
    at: () => undefined,
    ofStream: () => [],
    leafAt: () => undefined,
  }
}

const open = (guesses: number) =>
  backtestsInSlices({ log: logOf(guesses), newest: () => 2 * guesses, vault: { unseal: () => async () => right('192.0.2.1') } })
const linesOf = async (begun: AsyncGenerator<BacktestLine, void> | undefined) => {
  const lines: BacktestLine[] = []
  for await (const line of begun ?? []) lines.push(line)
  return lines
}

describe('a back-test beside logins', () => {
  test('lists the most affected accounts, and says how many more there are', async () => {
    const lines = await linesOf(open(6_000).begin(policy, everything, () => true))
    const last = lines.at(-1)
    if (last?.type !== 'report') return expect.unreachable()
    expect(last.report.logins.tried).toMatchObject({ locks: 1_200, stoppedGuesses: 2_400, names: 1_200 })
    expect([last.report.logins.accounts.length, last.report.logins.moreAccounts]).toEqual([1_000, 200])
  })

  test('leaves the event loop to others between slices', async () => {
    const begun = open(20_000).begin(policy, everything, () => true)
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    await linesOf(begun)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
  })

  test('makes place for the next one when it is done, fails, is not wanted or not read on', async () => {
    const backtests = open(20_000)
    const first = backtests.begin(policy, everything, () => true)
    expect(backtests.begin(policy, everything, () => true)).toBeUndefined()
    await first?.next()
    await first?.return(undefined)
    const unwanted = await linesOf(backtests.begin(policy, everything, () => false))
    expect(unwanted.map(({ type }) => type)).toEqual(['progress'])
    expect((await linesOf(backtests.begin(policy, everything, () => true))).at(-1)?.type).toBe('report')
  })

  test('fails at an event that cannot be read, and makes place', async () => {
    const log = logOf(1)
    const broken: LocalLog = { ...log, after: (...page) => log.after(...page).map((event) => ({ ...event, data: {} })) }
    const backtests = backtestsInSlices({ log: broken, newest: () => 2, vault: { unseal: () => async () => right('') } })
    for (let again = 0; again < 2; again += 1)
      await expect(linesOf(backtests.begin(policy, everything, () => true))).rejects.toThrow('cannot be read')
  })

  test('ends when the server stops, and none begins then', async () => {
    const backtests = open(20_000)
    const begun = backtests.begin(policy, everything, () => true)
    await begun?.next()
    backtests.close()
    expect((await linesOf(begun)).filter(({ type }) => type === 'report')).toEqual([])
    expect(backtests.begin(policy, everything, () => true)).toBeUndefined()
  })
})
