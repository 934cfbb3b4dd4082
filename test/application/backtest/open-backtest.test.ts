import { describe, expect, test } from 'vitest'
import { openBacktest } from '../../../application/backtest/open-backtest.ts'
import { type Network, parseNetwork } from '../../../application/network.ts'
import type { LoggedEvent } from '../../../application/ports/local-log.ts'
import { loginStream, secondFactorStream } from '../../../domain/kernel/streams.ts'
import { type LoginEvent, loginEvents } from '../../../domain/login/events.ts'
import { CodeAttempted, CodeRejected, type SecondFactorEvent, secondFactorEvents } from '../../../domain/second-factor/events.ts'
import { accountId, attemptId, blindIndex } from '../../support/domain/ids.ts'
import { accepted, attempted, locked, minute, rejected } from '../../support/domain/login-examples.ts'
import { later } from '../../support/domain/time.ts'

const policyOf = (maxAttempts: number) => {
  const lockout = { maxAttempts, lockout: minute, lockoutMax: minute }
  return { login: { ...lockout, challengeLifetime: null }, codes: lockout, networks: { attemptsPerMinute: 0, blocked: [] } }
}

const encode = (event: LoginEvent | SecondFactorEvent) => {
  const kind = [...loginEvents, ...secondFactorEvents].find(({ type }) => type === event.type)
  return kind?.codec.encode(event as never) as Pick<LoggedEvent, 'type' | 'version' | 'data'>
}

/** Of Ada, whose address has the first index. */
const logOf = (...events: readonly (LoginEvent | SecondFactorEvent)[]) =>
  events.map((event, n): LoggedEvent => {
    const stream = loginEvents.some(({ type }) => type === event.type) ? loginStream(blindIndex(1)) : secondFactorStream(accountId(1))
    return { ...encode(event), stream, revision: n, position: n + 1, metadata: { actor: 'anonymous', correlationId: 'c' } }
  })

const reportOf = (log: readonly LoggedEvent[], maxAttempts: number, range: { from?: number; to?: number } = {}) => {
  const backtest = openBacktest(policyOf(maxAttempts), {
    from: range.from === undefined ? null : later(range.from),
    to: range.to === undefined ? null : later(range.to),
  })
  for (const event of log) backtest.take(event, null)
  return backtest.report()
}

const guesses = (from: number, count: number, ms: number) =>
  Array.from({ length: count }, (_, n) => [attempted(from + n, ms), rejected(from + n, ms)]).flat()

describe('a back-test', () => {
  const log = logOf(...guesses(1, 3, 0), ...guesses(4, 2, 1_000), attempted(9, 2_000), accepted(9, 2_000))

  test('tells the account, the minutes, and who would have been refused', () => {
    const { logins } = reportOf(log, 3)
    expect(logins.recorded).toMatchObject({ locks: 0, lockedMs: 0, names: 0, refusedLogins: 0 })
    expect(logins.tried).toEqual({
      locks: 1,
      lockedMs: minute,
      names: 1,
      refusedLogins: 1,
      stoppedGuesses: 2,
      refusedUnchecked: 0,
      admitted: 0,
    })
    expect(logins.accounts).toEqual([
      { accountId: accountId(1), recorded: expect.objectContaining({ locks: 0 }), tried: expect.objectContaining({ refusedLogins: 1 }) },
    ])
  })

  test('counts what lies in the range, from the state at its beginning', () => {
    expect(reportOf(log, 5, { from: 500 }).logins.tried).toMatchObject({ locks: 1, refusedLogins: 1 })
    expect(reportOf(log, 3, { from: 500 }).logins.tried).toMatchObject({ locks: 1, stoppedGuesses: 2, refusedLogins: 1 })
    expect(reportOf(log, 3, { to: 1_000 }).logins.tried).toMatchObject({ locks: 1, stoppedGuesses: 0, refusedLogins: 0 })
    expect(reportOf(log, 3, { from: 2_500 }).logins.tried.locks).toBe(0)
  })

  test('keeps codes apart from passwords, by account', () => {
    const codes = [1, 2, 3].flatMap((n) => [
      CodeAttempted({ attemptId: attemptId(n), purpose: 'login', sessionId: null, at: later(n) }),
      CodeRejected({ attemptId: attemptId(n), at: later(n) }),
    ])
    const { logins, codes: report } = reportOf(logOf(...codes), 2)
    expect([logins.tried.locks, report.tried.locks, report.tried.stoppedGuesses]).toEqual([0, 1, 1])
    expect(report.accounts.map(({ accountId }) => accountId)).toEqual([accountId(1)])
  })

  test('gives the lockout policy only what the network policy lets through', () => {
    const policy = { ...policyOf(3), networks: { attemptsPerMinute: 0, blocked: [parseNetwork('192.0.2.1') as Network] } }
    const backtest = openBacktest(policy, { from: null, to: null })
    const half = log.map((event) => ({ event, address: event.revision < 6 ? '192.0.2.1' : '198.51.100.1' }))
    for (const { event, address } of half) backtest.take(event, backtest.addressIn(event) === null ? null : address)
    const { logins, networks } = backtest.report()
    expect(networks.tried).toMatchObject({ refused: 3, stoppedGuesses: 3 })
    expect(logins.tried).toMatchObject({ locks: 0, refusedLogins: 0, stoppedGuesses: 0 })
  })

  test('stops at an event that it cannot read', () => {
    const [first] = logOf(locked(1, 0, minute))
    expect(() => reportOf([{ ...(first as LoggedEvent), data: {} }], 2)).toThrow('LoginLocked@1 cannot be read')
  })
})
