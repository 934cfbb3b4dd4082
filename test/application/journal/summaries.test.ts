import { describe, expect, test } from 'vitest'
import { type AggregateName, type AggregateTypes, aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { type Stream, streams } from '../../../application/journal/streams.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { accountId, attemptId, blindIndex, sessionId } from '../../support/domain/ids.ts'
import { attempt } from '../../support/domain/login-history.ts'
import { lockout, longStreams, sessionPolicy } from '../../support/domain/long-streams.ts'
import { later } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { observingReads } from '../../support/test-app/stores.ts'
import { metadata } from './support.ts'

const rules = aggregates({
  login: { maxAttempts: 5, lockout: 100, lockoutMax: 200, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: 1, lockoutMax: 1 },
  identity: { rotation: 1 },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 0, maxFailures: 5 },
})
const attempts = streams.login(blindIndex(1))
const stream = attempts.name

/** Wrong passwords in sequence, each after the end of the lock before it. */
const guesses = async (store: EventStore, from: number, to: number, summaryOf = (_stream: string): number | undefined => undefined) => {
  const { decide } = openJournal({ store, newId, aggregates: rules, summaryOf })
  for (let n = from; n < to; n++) {
    const counted = await succeed(decide(attempts, attempt(n, later(n * 1_000)), metadata))
    if (counted.events.some(({ type }) => type === 'LoginLocked')) continue
    await succeed(decide(attempts, { type: 'settle', attemptId: attemptId(n), matched: null, at: later(n * 1_000) }, metadata))
  }
}

const summariesIn = async (store: EventStore) =>
  (await succeed(store.read(stream))).filter(({ type }) => type === 'LoginSummarized').map(({ revision }) => revision)

/** What a new process reads of the stream, and the state that follows. */
const afterARestart = async (store: EventStore, summary: number | undefined) => {
  let eventsRead = 0
  const told = observingReads((events) => {
    eventsRead += events.length
  })(store)
  const { load } = openJournal({ store: told, newId, aggregates: rules, summaryOf: () => summary })
  return { ...(await succeed(load(attempts))), eventsRead }
}

describe('a stream that strangers make long', () => {
  test('is summed up again and again, however it is appended to', async () => {
    const store = memoryEventStore()
    await guesses(store, 0, 500)
    const length = (await succeed(store.read(stream))).length
    const found = await summariesIn(store)
    expect(found).toHaveLength(Math.floor(length / 256))
    for (const [n, revision] of found.entries()) expect(Math.abs(revision - 256 * (n + 1))).toBeLessThan(8)
  })

  test('is read from there by whoever does not know it, and comes to the same', async () => {
    const store = memoryEventStore()
    await guesses(store, 0, 500)
    const newest = (await summariesIn(store)).at(-1) ?? 0
    const { eventsRead: all, ...whole } = await afterARestart(store, undefined)
    const { eventsRead, ...rest } = await afterARestart(store, newest)
    expect(rest).toEqual(whole)
    expect(all).toBeGreaterThan(1_000)
    expect(eventsRead).toBe(all - newest)
    expect(eventsRead).toBeLessThan(300)
  })

  test('goes on as it would have without', async () => {
    const [store, twin] = [memoryEventStore(), memoryEventStore()]
    for (const from of [0, 100, 200, 300]) {
      const newest = (await summariesIn(store)).at(-1)
      await guesses(store, from, from + 100, () => newest)
      await guesses(twin, from, from + 100)
    }
    const typesIn = async (log: EventStore) => (await succeed(log.read(stream))).map(({ type }) => type)
    expect(await typesIn(store)).toEqual(await typesIn(twin))
  })

  test.each([
    ['an event that sums up nothing', 100],
    ['nothing, for the log has lost its end', 100_000],
  ])('is read whole where there is %s', async (_what, revision) => {
    const store = memoryEventStore()
    await guesses(store, 0, 200)
    const { eventsRead: all, ...whole } = await afterARestart(store, undefined)
    const { eventsRead, ...rest } = await afterARestart(store, revision)
    expect(rest).toEqual(whole)
    expect(eventsRead).toBeGreaterThanOrEqual(all)
  })
})

test('an address that changes hands for years is read from its newest summary, and comes to the same', async () => {
  const store = memoryEventStore()
  const claim = streams.emailClaim(blindIndex(1))
  const journal = openJournal({ store, newId, aggregates: rules })
  for (let n = 0; n < 1_000; n++) {
    for (const command of longStreams.emailClaim(n)) await succeed(journal.decide(claim, command, metadata))
  }
  const recorded = await succeed(store.read(claim.name))
  const newest = recorded.findLast(({ type }) => type === 'EmailClaimSummarized')?.revision
  let eventsRead = 0
  const watched = observingReads((events) => {
    eventsRead += events.length
  })(store)
  const again = openJournal({ store: watched, newId, aggregates: rules, summaryOf: () => newest })
  const { state } = await succeed(again.load(claim))
  expect(state).toEqual({ type: 'free', releases: 1_000 })
  expect(recorded.length).toBeGreaterThan(2_000)
  expect(eventsRead).toBeLessThan(260)
})

/** Every revision in a state has to be the one in the log, because other streams and the read models refer to it. */
describe('whoever wrote a long stream and whoever reads it come to the same state, revisions included', () => {
  const policies = aggregates({
    login: { ...lockout, challengeLifetime: null },
    codes: lockout,
    identity: { rotation: 1 },
    session: sessionPolicy,
  })

  const agree = async <Name extends AggregateName>(of: Stream<Name>, what: (n: number) => readonly AggregateTypes[Name]['command'][]) => {
    const store = memoryEventStore()
    const writer = openJournal({ store, newId, aggregates: policies })
    for (let n = 0; n < 300; n++) for (const command of what(n)) await writer.decide(of, command, metadata)()
    const recorded = await succeed(store.read(of.name))
    const newest = recorded.findLast(({ type }) => type.endsWith('Summarized'))?.revision
    expect(newest).toBeGreaterThan(200)
    const written = await succeed(writer.load(of))
    for (const summaryOf of [() => undefined, () => newest]) {
      const { state, revision } = await succeed(openJournal({ store, newId, aggregates: policies, summaryOf }).load(of))
      expect({ state, revision }).toEqual({ state: written.state, revision: written.revision })
    }
  }

  test('access', () => agree(streams.access(accountId(1)), longStreams.access))
  test('account', () => agree(streams.account(accountId(1)), longStreams.account))
  test('consent', () => agree(streams.consent(accountId(1)), longStreams.consent))
  test('devices', () => agree(streams.devices(accountId(1)), longStreams.devices))
  test('email claim', () => agree(streams.emailClaim(blindIndex(1)), longStreams.emailClaim))
  test('login', () => agree(streams.login(blindIndex(1)), longStreams.login))
  test('second factor', () => agree(streams.secondFactor(accountId(1)), longStreams.secondFactor))
  test('session', () => agree(streams.session(sessionId(1)), longStreams.session))
})
