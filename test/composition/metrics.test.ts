import { left, right } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMetrics } from '../../api/operations/metrics.ts'
import { countedBy } from '../../composition/feed-metrics.ts'
import { watchHasher } from '../../composition/watch-hasher.ts'
import { watchStore } from '../../composition/watch-store.ts'
import { memoryEventStore } from '../../infrastructure/event-store/memory/memory-event-store.ts'
import { type InProcess, inProcess } from '../support/server/in-process.ts'

const email = 'canary-4711@example.org'
const password = 'canary password 4711'

describe('the metrics of a server', () => {
  let server: InProcess
  const scrape = async () => (await server.get('/metrics')).text
  const sample = async (name: string) =>
    (await scrape())
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1)

  beforeAll(async () => {
    server = await inProcess({ env: { LOGIN_MAX_ATTEMPTS: '2' } })
    await server.register({ email, password })
    await server.logIn({ email, password })
    for (let guess = 0; guess < 3; guess++) await server.post('/login', { email, password: `canary guess ${guess}`, transport: 'bearer' })
  })
  afterAll(() => server.stop())

  test('tell passwords by outcome, and the lock', async () => {
    expect(await sample('gatebook_passwords_total{outcome="accepted"}')).toBe('1')
    expect(await sample('gatebook_passwords_total{outcome="rejected"}')).toBe('2')
    expect(await sample('gatebook_locks_total')).toBe('1')
  })

  test('tell the position of the log and of the read models, and the groups that were committed', async () => {
    const head = await server.gatebook.store.head()()
    expect(right(Number(await sample('gatebook_log_position')))).toEqual(head)
    expect(right(Number(await sample('gatebook_read_model_position')))).toEqual(head)
    expect(Number(await sample('gatebook_append_group_events_sum'))).toBeLessThanOrEqual(Number(await sample('gatebook_log_position')))
    expect(Number(await sample('gatebook_append_group_events_count'))).toBeGreaterThan(0)
  })

  test('tell that no password is being checked when none is', async () => {
    expect(await sample('gatebook_hash_slots')).toBe('0')
  })

  test('hold nothing that was sent', async () => {
    await server.get('/canary-path-4711?canary-query-4711', 'canary-token-4711')
    expect(await scrape()).not.toMatch(/canary|4711|example\.org/)
  })
})

describe('what is counted', () => {
  test('are refused passwords by the number that was folded', async () => {
    const metrics = createMetrics()
    const metadata = { actor: 'anonymous', correlationId: 'c', causationId: null }
    const recorded = { stream: 'login-x', revision: 0, position: 1, recordedAt: '2026-06-01T12:00:00.000Z', eventId: 'e', metadata }
    countedBy(metrics, {}).onCommitted?.([{ ...recorded, type: 'LoginsRefused', version: 1, data: { count: 17 } }])
    expect(await metrics.render()).toContain('gatebook_passwords_total{outcome="refused"} 17\n')
  })

  test('are failures of the log, each under its kind', async () => {
    const kinds: string[] = []
    const store = watchStore(memoryEventStore(), (kind) => kinds.push(kind))
    await store.append('session-x', 3, [])()
    await store.close()
    await store.read('session-x')()
    expect(kinds).toEqual(['unavailable', 'unavailable'])
  })

  test('are places before the hash, each given back once', async () => {
    let refused = 0
    const slot = { verify: () => async () => ({ matched: true, outdated: false }), release: () => {} }
    let places = 2
    const reserve = () => (places-- > 0 ? right(slot) : left({ is: 'overloaded', retryAfter: 1 } as const))
    const { hasher, taken } = watchHasher({ hash: () => async () => right('argon2:x'), reserve }, () => {
      refused += 1
    })
    const [first, second] = [hasher.reserve(), hasher.reserve()]
    expect(hasher.reserve()._tag).toBe('Left')
    if (first._tag === 'Left' || second._tag === 'Left') throw new Error('no place')
    expect(taken()).toBe(2)
    const verifying = first.right.verify('password', null)()
    first.right.release()
    expect(taken()).toBe(2)
    await verifying
    first.right.release()
    second.right.release()
    second.right.release()
    expect([taken(), refused]).toEqual([0, 1])
  })
})
