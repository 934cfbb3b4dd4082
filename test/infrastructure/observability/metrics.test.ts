import { right } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { countedBy } from '../../../infrastructure/observability/feed-metrics.ts'
import { createMetrics } from '../../../infrastructure/observability/metrics.ts'
import { watchStore } from '../../../infrastructure/observability/watch-store.ts'
import { newEvents } from '../../contract/event-store/support.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'
import { telephone } from '../../support/server/telephone.ts'

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
    server = await startTestServer({ env: { LOGIN_MAX_ATTEMPTS: '2' } })
    await server.register({ email, password })
    await server.logIn({ email, password })
    for (let guess = 0; guess < 3; guess++) await server.post('/login', { email, password: `canary guess ${guess}`, transport: 'bearer' })
  })
  afterAll(() => server.stop())

  test('tell passwords by outcome, and the lock', async () => {
    expect(await sample('gatebook_password_checks_total{outcome="accepted"}')).toBe('1')
    expect(await sample('gatebook_password_checks_total{outcome="rejected"}')).toBe('2')
    expect(await sample('gatebook_login_lockouts_total')).toBe('1')
  })

  test('tell the position of the log and of the read models, and the groups that were committed', async () => {
    const head = await server.gatebook.store.head()()
    expect(right(Number(await sample('gatebook_log_position')))).toEqual(head)
    expect(right(Number(await sample('gatebook_read_model_position')))).toEqual(head)
    expect(Number(await sample('gatebook_commit_events_sum'))).toBeLessThanOrEqual(Number(await sample('gatebook_log_position')))
    expect(Number(await sample('gatebook_commit_events_count'))).toBeGreaterThan(0)
  })

  test('tell that no password is being checked when none is', async () => {
    expect(await sample('gatebook_hash_slots_in_use')).toBe('0')
  })

  test('hold nothing that was sent', async () => {
    await server.get('/canary-path-4711?canary-query-4711', 'canary-token-4711')
    expect(await scrape()).not.toMatch(/canary|example\.org/)
  })
})

describe('the metrics of the second factor', () => {
  const { otpProvider, service, lastCode } = telephone()
  let server: InProcess
  let scraped: string
  beforeAll(async () => {
    server = await startTestServer({ env: { MAX_OTP_ATTEMPTS: '2' }, hooks: { otpProvider } })
    const { token } = await server.register({ email, password })
    const elevated = await server.elevated(token, password)
    await server.post('/totp/enroll', undefined, elevated)
    await server.post('/totp/confirm', { code: lastCode() }, elevated)
    server.advance(30_000)
    const { challenge } = (await server.post('/login', { email, password, transport: 'bearer' })).body
    for (let guess = 0; guess < 4; guess++) await server.post('/login/otp', { challenge, code: `00000${guess}`, transport: 'bearer' })
    service.isDown = true
    server.advance(60_000)
    await server.post('/totp/send', undefined, elevated)
    await server.gatebook.settled()
    scraped = (await server.get('/metrics')).text
  })
  afterAll(() => server.stop())

  test.each([
    ['gatebook_code_checks_total{outcome="accepted"}', 1],
    ['gatebook_code_checks_total{outcome="rejected"}', 2],
    ['gatebook_code_checks_total{outcome="locked_out"}', 2],
    ['gatebook_code_lockouts_total', 1],
    ['gatebook_code_deliveries_total{outcome="delivered"}', 2],
    ['gatebook_code_deliveries_total{outcome="failed"}', 1],
    ['gatebook_mail_deliveries_total{outcome="delivered"}', 3],
  ])('tell %s', (name, count) => expect(scraped).toContain(`\n${name} ${count}\n`))

  test('hold neither a code nor whose it is', () => expect(scraped).not.toMatch(/canary|example\.org/))

  test('tell the mails that went nowhere', async () => {
    const cut = await startTestServer({ env: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@example.org' } })
    await cut.register({ email, password })
    await cut.post('/password/reset', { email })
    const failed = async () => /\ngatebook_mail_deliveries_total\{outcome="failed"\} [1-9]/.test((await cut.get('/metrics')).text)
    await expect.poll(failed, { timeout: 10_000 }).toBe(true)
    await cut.stop()
  })
})

describe('what is counted', () => {
  test('are refused passwords by the number that was folded', async () => {
    const metrics = createMetrics()
    const metadata = { actor: 'anonymous', correlationId: 'c', causationId: null }
    const recorded = { stream: 'login-x', revision: 0, position: 1, recordedAt: '2026-06-01T12:00:00.000Z', eventId: 'e', metadata }
    countedBy(metrics, {}).onCommitted?.([{ ...recorded, type: 'LoginAttemptsRefused', version: 1, data: { count: 17 } }])
    expect(await metrics.render()).toContain('gatebook_password_checks_total{outcome="locked_out"} 17\n')
  })

  test('are refused guesses by the numbers that were folded', async () => {
    const metrics = createMetrics()
    const metadata = { actor: 'system', correlationId: 'c', causationId: null }
    const recorded = { stream: 'refusedGuesses-2026-06-01', revision: 0, position: 1, recordedAt: '2026-06-01T12:00:00.000Z', eventId: 'e' }
    const guesses = [{ guessed: 'login_name', count: 17 }]
    countedBy(metrics, {}).onCommitted?.([{ ...recorded, metadata, type: 'GuessesRefused', version: 1, data: { guesses } }])
    expect(await metrics.render()).toContain('gatebook_refused_guesses_total{guessed="login_name"} 17\n')
  })

  test('are failures of the log, each under its kind', async () => {
    const kinds: string[] = []
    const store = watchStore(memoryEventStore(), (kind) => kinds.push(kind))
    await store.append('session-x', 3, newEvents(1))()
    await store.close()
    await store.read('session-x')()
    expect(kinds).toEqual(['conflict', 'unavailable'])
  })
})
