import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type RefusedRequest, refusedAuthorization } from '../../../application/access/refused-authorization.ts'
import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { AuthorizationRefused } from '../../../domain/access/events.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { settableClock } from '../../../infrastructure/clock/settable-clock.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { goneAway, observingReads } from '../../support/test-app/stores.ts'

const minute = 60_000
const rules = aggregates({
  login: { maxAttempts: 5, lockout: 1, lockoutMax: 1, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: 1, lockoutMax: 1 },
  identity: { rotation: 1 },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 0, maxFailures: 5 },
})

const open = (wrap = (store: EventStore) => store) => {
  const clock = settableClock(noon)
  const store = memoryEventStore({ now: clock.now })
  const { decide } = openJournal({ store: wrap(store), newId, aggregates: rules })
  return { ...refusedAuthorization({ decide, now: clock.now, newId }), store, clock }
}

const refusal = (change: Partial<RefusedRequest> = {}): RefusedRequest => ({
  accountId: accountId(1),
  sessionId: sessionId(1),
  code: 'ROLE_REQUIRED',
  method: 'GET',
  route: '/api/1/secure/admin',
  ...change,
})

type Recorded = ReturnType<typeof AuthorizationRefused>['data']

const eventsOf = async (store: EventStore, account: AccountId) =>
  (await succeed(store.read(streams.access(account).name))).filter(({ type }) => type === 'AuthorizationRefused')

const dataOf = async (store: EventStore, account = accountId(1)) => (await eventsOf(store, account)).map(({ data }) => data as Recorded)

describe('refused authorization', () => {
  test('is one event for an account and window, by kind, with the latest session, from when to when and by whom', async () => {
    const { count, record, store, clock } = open()
    for (let n = 0; n < 50; n++) count(refusal())
    clock.set(later(7_000))
    count(refusal({ sessionId: sessionId(2), code: 'CLAIM_REQUIRED', method: 'POST', route: '/orders/:id' }))
    clock.set(later(minute))
    await record()
    const [event, ...others] = await eventsOf(store, accountId(1))
    expect(others).toEqual([])
    expect(event).toMatchObject({ stream: `access-${accountId(1)}`, metadata: { actor: accountId(1) } })
    expect(event?.data).toEqual({
      sessionId: sessionId(2),
      count: 51,
      refusals: [
        { code: 'ROLE_REQUIRED', method: 'GET', route: '/api/1/secure/admin', count: 50 },
        { code: 'CLAIM_REQUIRED', method: 'POST', route: '/orders/:id', count: 1 },
      ],
      from: '2026-06-01T12:00:00.000Z',
      to: '2026-06-01T12:00:07.000Z',
      at: '2026-06-01T12:01:00.000Z',
    })
  })

  test('is counted anew in the next window, and a quiet window records nothing', async () => {
    const { count, record, store } = open()
    count(refusal())
    await record()
    await record()
    count(refusal())
    count(refusal())
    await record()
    expect((await dataOf(store)).map((data) => data.count)).toEqual([1, 2])
  })

  test('is recorded with the next window when the log does not take it, whatever happened meanwhile', async () => {
    let away = true
    const { count, record, store, clock } = open((log) => ({
      ...log,
      append: (...what) => (away ? async () => left(goneAway) : log.append(...what)),
    }))
    count(refusal())
    await record()
    clock.set(later(9))
    count(refusal({ sessionId: sessionId(2) }))
    await record()
    away = false
    await record()
    expect(await dataOf(store)).toMatchObject([
      { sessionId: sessionId(2), count: 2, refusals: [{ count: 2 }], from: '2026-06-01T12:00:00.000Z', to: '2026-06-01T12:00:00.009Z' },
    ])
  })

  test('is remembered for ten thousand accounts a window, however many there are', async () => {
    const recorded: string[] = []
    const { count, record } = refusedAuthorization({
      decide:
        ({ name }) =>
        async () => {
          recorded.push(name)
          return left(goneAway)
        },
      now: () => noon,
      newId,
    })
    for (let n = 0; n < 10_100; n++) count(refusal({ accountId: accountId(n) }))
    await record()
    expect(recorded).toHaveLength(10_000)
  })

  test('a year of it, every minute, is read from its newest summary', async () => {
    let read = 0
    const clock = settableClock(noon)
    const store = memoryEventStore({ now: clock.now })
    const summary = () => summaries.at(-1)
    const summaries: number[] = []
    const { count, record } = refusedAuthorization({ ...openJournal({ store, newId, aggregates: rules }), now: clock.now, newId })
    for (let n = 0; n < 2_000; n++) {
      count(refusal())
      await record()
    }
    const whole = await succeed(store.read(streams.access(accountId(1)).name))
    summaries.push(...whole.filter(({ type }) => type === 'AccessSummarized').map(({ revision }) => revision))
    const watched = observingReads((events) => {
      read += events.length
    })(store)
    const again = openJournal({ store: watched, newId, aggregates: rules, summaryOf: summary })
    await succeed(again.load(streams.access(accountId(1))))
    expect(whole.length).toBeGreaterThan(2_000)
    expect(read).toBeLessThan(260)
  })
})

const expectBounded = ({ count, refusals }: Recorded) => {
  const listed = refusals.reduce((sum, kind) => sum + kind.count, 0)
  expect(refusals.length).toBeLessThanOrEqual(10)
  expect(listed).toBeLessThanOrEqual(count)
  if (refusals.length < 10) expect(listed).toBe(count)
}

test('whatever a person without a role sends, it is an event a minute at most, of bounded size, and no refusal is lost', async () => {
  const step = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ account: fc.nat(2), session: fc.nat(3), route: fc.nat(30), times: fc.nat(20), wait: fc.nat(9_000) }),
    },
    { weight: 1, arbitrary: fc.constant('away' as const) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let away = false
      const { count, record, store, clock } = open((log) => ({
        ...log,
        append: (...what) => (away ? async () => left(goneAway) : log.append(...what)),
      }))
      let now = 0
      let windows = 0
      const sent = new Map<AccountId, number>()
      const endWindows = async () => {
        while (now >= (windows + 1) * minute) {
          windows += 1
          await record()
        }
      }
      for (const step of steps) {
        if (step === 'away') {
          away = !away
          continue
        }
        now += step.wait
        clock.set(later(now))
        await endWindows()
        const account = accountId(step.account)
        for (let n = 0; n < step.times; n++)
          count(refusal({ accountId: account, sessionId: sessionId(step.session), route: `/${step.route}` }))
        sent.set(account, (sent.get(account) ?? 0) + step.times)
      }
      away = false
      await record()
      for (const [account, times] of sent) {
        const events = await dataOf(store, account)
        expect(events.length).toBeLessThanOrEqual(windows + 1)
        expect(events.reduce((sum, event) => sum + event.count, 0)).toBe(times)
        for (const event of events) expectBounded(event)
      }
    }),
    { numRuns: 60 },
  )
})
