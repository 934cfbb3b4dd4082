import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SessionEnd } from '../../../api/live/ending-reason.ts'
import { sessionEnds } from '../../../api/live/session-ends.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { person } from '../../support/server/client.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { openApp } from '../following/following-app.ts'

const hour = 3_600_000
const newPassword = 'quite another passphrase'

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('the end of a session', () => {
  let app: InProcess
  let ends: ReturnType<typeof sessionEnds>
  let people = 0
  const faults: unknown[] = []
  beforeAll(async () => {
    app = await startTestServer({ env: { SESSION_ABSOLUTE_SECONDS: String(36 * 3600), MAX_SESSIONS: '3' } })
    await app.setUp(setupToken)
    const { gatebook } = app
    ends = sessionEnds({
      ...gatebook,
      byId: gatebook.queries.sessionQueries.byId,
      now: gatebook.ports.journal.now,
      onFault: (error) => faults.push(error),
    })
  })
  afterAll(() => app.stop())

  const administrator = async () => app.elevated((await app.logIn({ email: 'root@example.org' })).token)
  const somebody = async () => {
    const email = `somebody-${++people}@example.org`
    const registered = await app.register({ email })
    const elsewhere = async () => (await app.logIn({ email })).token
    return { ...registered, email, sessionId: registered.session.id as string, elsewhere }
  }
  type Somebody = Awaited<ReturnType<typeof somebody>>

  const enroll = async (token: string) => {
    const elevated = await app.elevated(token)
    const { secret } = mustBe(200, await app.post('/totp/enroll', undefined, elevated))
    const code = codeAt(secret, stepAt(instant(app.gatebook.ports.journal.now())))
    return app.post('/totp/confirm', { code }, elevated)
  }

  const kinds: readonly (readonly [string, string, (one: Somebody) => Promise<unknown>])[] = [
    ['a log-out', 'logged_out', ({ token }) => app.post('/logout', undefined, token)],
    ['a log-out everywhere', 'logged_out_everywhere', ({ token }) => app.post('/logout/everywhere', undefined, token)],
    ['the owner elsewhere', 'revoked_by_owner', async ({ sessionId, elsewhere }) => app.del(`/sessions/${sessionId}`, await elsewhere())],
    [
      'a change of the password elsewhere',
      'password_changed',
      async ({ elsewhere }) => app.post('/password', { currentPassword: person.password, newPassword }, await elsewhere()),
    ],
    ['a second factor that is added elsewhere', 'second_factor_enrolled', async ({ elsewhere }) => enroll(await elsewhere())],
    [
      'an administrator',
      'revoked_by_admin',
      async ({ accountId }) => app.post(`/admin/accounts/${accountId}/logout`, undefined, await administrator()),
    ],
    [
      'disabling',
      'account_disabled',
      async ({ accountId }) => app.post(`/admin/accounts/${accountId}/disable`, undefined, await administrator()),
    ],
    ['erasure', 'account_erased', async ({ accountId }) => app.del(`/admin/accounts/${accountId}`, await administrator())],
  ]
  test.each(kinds)('by %s reaches those who asked, and nobody else', async (_, reason, act) => {
    const [one, other] = [await somebody(), await somebody()]
    const others: SessionEnd[] = []
    const forget = ends.onEnd(other.sessionId, (end) => others.push(end))
    const ended = Promise.all([ends.ended(one.sessionId), ends.ended(one.sessionId)])
    expect(await act(one)).toMatchObject({ status: 204 })
    const end = { sessionId: one.sessionId, reason, at: expect.any(Date) }
    expect(await ended).toEqual([end, end])
    await app.logIn({ email: other.email })
    await settled()
    expect(others).toEqual([])
    forget()
    expect(ends.count()).toBe(0)
  })

  test('by too many sessions, and by a refresh token that was used twice', async () => {
    const one = await somebody()
    const crowdedOut = ends.ended(one.sessionId)
    for (let n = 0; n < 3; n++) await one.elsewhere()
    expect(await crowdedOut).toMatchObject({ reason: 'too_many_sessions' })

    const two = await somebody()
    const reused = ends.ended(two.sessionId)
    await app.post('/session/refresh', { refreshToken: two.refreshToken })
    app.advance(60_000)
    await app.post('/session/refresh', { refreshToken: two.refreshToken })
    expect(await reused).toMatchObject({ reason: 'refresh_token_reused' })
  })

  test('by time, idle or not, while a session in use goes on', async () => {
    const [idle, active] = [await somebody(), await somebody()]
    const seen: SessionEnd[] = []
    ends.onEnd(active.sessionId, (end) => seen.push(end))
    const ended = ends.ended(idle.sessionId)
    app.advance(12 * hour)
    await app.recorded(() => app.get('/session', active.token))
    app.advance(12 * hour)
    expect(await ended).toMatchObject({ sessionId: idle.sessionId, reason: 'expired' })
    await app.recorded(() => app.get('/session', active.token))
    expect(seen).toEqual([])
    const latest = ends.ended(active.sessionId)
    app.advance(12 * hour)
    expect(await latest).toMatchObject({ reason: 'expired' })
    expect(seen).toHaveLength(1)
  })

  test('does not come with a new token, or with a change of the password in the session itself', async () => {
    const one = await somebody()
    const seen: SessionEnd[] = []
    const forget = ends.onEnd(one.sessionId, (end) => seen.push(end))
    const token = await app.elevated(one.token)
    mustBe(204, await app.post('/password', { currentPassword: person.password, newPassword }, token))
    await settled()
    expect(seen).toEqual([])
    forget()
    mustBe(204, await app.post('/logout/everywhere', undefined, token))
    await settled()
    expect([seen, ends.count()]).toEqual([[], 0])
  })

  test('comes at once for a session that had ended before, and for one that never was', async () => {
    const one = await somebody()
    await app.post('/logout', undefined, one.token)
    expect(await ends.ended(one.sessionId)).toMatchObject({ reason: 'not_active' })
    expect(await ends.ended('01970000-0000-7000-8000-00000000000b')).toMatchObject({ reason: 'not_active' })
    for (const id of ['', 'x', undefined]) await expect(ends.ended(id as string)).rejects.toThrow(TypeError)
  })

  test('is no longer waited for when the signal is aborted', async () => {
    const one = await somebody()
    const stopping = new AbortController()
    const ended = ends.ended(one.sessionId, stopping.signal)
    stopping.abort()
    await expect(ended).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    await expect(ends.ended(one.sessionId, AbortSignal.abort())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    expect(ends.count()).toBe(0)
  })

  test('reaches every listener though one of them throws', async () => {
    const one = await somebody()
    const fault = new Error('a listener')
    ends.onEnd(one.sessionId, () => {
      throw fault
    })
    const ended = ends.ended(one.sessionId)
    await app.post('/logout', undefined, one.token)
    expect(await ended).toMatchObject({ reason: 'logged_out' })
    expect(faults).toEqual([fault])
  })

  test('is not known any more when it closes', async () => {
    const one = await somebody()
    const ended = ends.ended(one.sessionId)
    ends.close()
    expect(await ended).toMatchObject({ reason: 'not_known' })
    expect(await ends.ended(one.sessionId)).toMatchObject({ reason: 'not_known' })
  })
})

test('an app hears of the end of a session from its Gatebook', async () => {
  const app = await openApp()
  const [ada, grace] = [await app.register(), await app.register({ email: 'grace@example.org' })]
  const { sessions, close } = app.gatebook
  const [hers, ended] = [sessions.ended(ada.session.id), sessions.ended(grace.session.id)]
  await app.post('/logout', undefined, ada.token)
  expect(await hers).toMatchObject({ sessionId: ada.session.id, reason: 'logged_out' })
  await close()
  expect(await ended).toMatchObject({ reason: 'not_known' })
  await app.close()
  app.remove()
})
