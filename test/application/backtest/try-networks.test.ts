import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rateLimit } from '../../../api/protection/rate-limit.ts'
import { tryNetworks } from '../../../application/backtest/try-networks.ts'
import { parseNetwork } from '../../../application/network.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { LoginAttempted, type LoginEvent, LoginPayloadErased, PasswordAccepted, PasswordRejected } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId, attemptId, blindIndex } from '../../support/domain/ids.ts'
import { details } from '../../support/domain/login-examples.ts'
import { later } from '../../support/domain/time.ts'

type Recorded = { readonly event: LoginEvent; readonly address: string | null }

const everything = { from: null, to: null }
const stream = loginStream(blindIndex(1))

const attempted = (n: number, network: number, ms: number) =>
  LoginAttempted({ ...details(n), networkIndex: blindIndex(network), at: later(ms) })
const settled = (n: number, isRight: boolean, ms: number) =>
  isRight
    ? PasswordAccepted({ attemptId: attemptId(n), accountId: accountId(1), rejectedBefore: 0, at: later(ms) })
    : PasswordRejected({ attemptId: attemptId(n), at: later(ms) })

const refusedIn = (log: readonly Recorded[], attemptsPerMinute: number, blocked: readonly string[] = [], range = everything) => {
  const networks = blocked.flatMap((text) => parseNetwork(text) ?? [])
  const tried = tryNetworks({ attemptsPerMinute, blocked: networks }, range)
  const barred = log.filter(({ event, address }) => tried.take(stream, event, address))
  return { ...tried.report(), barred }
}
const of = (...events: readonly LoginEvent[]): readonly Recorded[] => events.map((event) => ({ event, address: '192.0.2.1' }))

/** `lag`: milliseconds from the request to its record. */
const aMove = fc.record({
  after: fc.oneof(fc.constant(0), fc.nat(500), fc.nat(20_000)),
  network: fc.nat(2),
  isRight: fc.nat(2).map((n) => n === 0),
  lag: fc.oneof(fc.nat(5), fc.nat(1_000)),
  took: fc.nat(50),
})

/** What the server records behind its own limit, with another clock than the one of the log. */
const played = (perMinute: number, moves: readonly (typeof aMove extends fc.Arbitrary<infer M> ? M : never)[]) => {
  let now = 0
  let refused = 0
  const limit = rateLimit({ budget: perMinute, now: () => now })
  const returned = rateLimit({ budget: perMinute, now: () => now })
  const log: LoginEvent[] = []
  const tasks: { readonly at: number; readonly run: () => void }[] = []
  const plan = (at: number, run: () => void) => {
    const index = tasks.findIndex((task) => task.at > at)
    tasks.splice(index === -1 ? tasks.length : index, 0, { at, run })
  }
  let arrival = 0
  moves.forEach(({ after, network, isRight, lag, took }, n) => {
    arrival += after
    plan(arrival, () => {
      if (limit(String(network)) !== undefined) {
        refused += 1
        return
      }
      plan(now + lag, () => log.push(attempted(n, network, now)))
      plan(now + lag + took, () => {
        log.push(settled(n, isRight, now))
        if (isRight && returned(stream) === undefined) limit.giveBack(String(network))
      })
    })
  })
  for (let next = tasks.shift(); next !== undefined; next = tasks.shift()) {
    now = next.at
    next.run()
  }
  return { log: of(...log), refused }
}

test('the policy in force refuses nothing of what it let through', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(aMove, { minLength: 20, maxLength: 80 }), (perMinute, moves) => {
      const { log, refused } = played(perMinute, moves)
      const { tried, barred } = refusedIn(log, perMinute, ['203.0.113.0/24'])
      expect(barred).toEqual([])
      expect(tried).toMatchObject({ refused: 0, names: 0, networks: 0, unopened: 0 })
      cases.count('refused by the live limit', refused)
      for (const { event } of log) if (event.type === 'PasswordAccepted') cases.count('given back')
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(200, 'refused by the live limit', 'given back')
})

test('another rate lets no more guesses of a network through than it allows', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.array(aMove, { minLength: 20, maxLength: 80 }), (perMinute, moves) => {
      const { log } = played(10_000, moves)
      const { barred, tried } = refusedIn(log, perMinute)
      const end = (log.at(-1)?.event.data as { at: number } | undefined)?.at ?? 0
      const start = (log[0]?.event.data as { at: number } | undefined)?.at ?? 0
      const refused = new Set(barred.map(({ event }) => 'attemptId' in event.data && event.data.attemptId))
      for (const network of [0, 1, 2]) {
        const ids = log.flatMap(({ event }) =>
          event.type === 'LoginAttempted' && event.data.networkIndex === blindIndex(network) ? [event.data.attemptId] : [],
        )
        const wrong = ids.filter((id) => log.some(({ event }) => event.type === 'PasswordRejected' && event.data.attemptId === id))
        const passed = wrong.filter((id) => !refused.has(id)).length
        expect(passed).toBeLessThanOrEqual(perMinute + Math.floor(((end - start + 1_000) * perMinute) / 60_000) + 1)
      }
      expect(tried.refusedLogins + tried.stoppedGuesses).toBe(tried.refused)
      cases.count('stopped', tried.stoppedGuesses)
      cases.count('refused', tried.refusedLogins)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(100, 'stopped', 'refused')
})

describe('another network policy', () => {
  const guesses = (count: number) =>
    Array.from({ length: count }, (_, n) => [attempted(n, 1, n * 10), settled(n, false, n * 10 + 5)]).flat()

  test('counts what it refuses, at whom and from where', () => {
    const log = of(...guesses(4), attempted(7, 1, 60), settled(7, true, 70), attempted(8, 2, 80), settled(8, true, 90))
    const { tried, accounts, barred } = refusedIn(log, 2)
    expect(tried).toEqual({
      refused: 3,
      blocked: 0,
      refusedLogins: 1,
      stoppedGuesses: 2,
      names: 1,
      networks: 1,
      unopened: 0,
      erased: 0,
    })
    expect(accounts).toEqual([{ accountId: accountId(1), refusedLogins: 1, stoppedGuesses: 2 }])
    expect(barred).toHaveLength(6)
  })

  test('refuses blocked addresses, and counts those that cannot be opened', () => {
    const log = [
      ...of(...guesses(2)),
      { event: attempted(5, 3, 100), address: '2001:db8::5' },
      { event: settled(5, true, 110), address: null },
      { event: attempted(6, 4, 120), address: null },
    ]
    const { tried } = refusedIn(log, 0, ['192.0.2.0/24', '2001:db8::/32'])
    expect(tried).toMatchObject({ refused: 3, blocked: 3, refusedLogins: 1, stoppedGuesses: 2, networks: 2, unopened: 1 })
  })

  test('counts in its range only, and does not know erased networks', () => {
    const erased = LoginPayloadErased({
      eventType: 'LoginAttempted',
      eventVersion: 1,
      accountId: null,
      sha256: 'a'.repeat(64) as never,
      at: later(15),
    })
    const log = of(...guesses(3), erased)
    expect(refusedIn(log, 1, [], { from: later(15), to: later(20) } as never).tried).toMatchObject({ refused: 0, erased: 1 })
    expect(refusedIn(log, 1, [], { from: later(15), to: null } as never).tried).toMatchObject({ refused: 1, stoppedGuesses: 1 })
    expect(refusedIn(log, 0).tried).toMatchObject({ refused: 0, erased: 0 })
  })

  test('counts no attempt whose outcome was lost as right or wrong', () => {
    const log = of(attempted(1, 1, 0), attempted(2, 1, 1), attempted(3, 2, 120_000), settled(2, false, 120_001))
    expect(refusedIn(log, 1).tried).toMatchObject({ refused: 1, refusedLogins: 0, stoppedGuesses: 0 })
  })
})
