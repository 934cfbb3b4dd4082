import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer } from '../../../application/administration/administer.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { refreshSession } from '../../../application/sessions/refresh-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { sessionStream } from '../../../domain/kernel/streams.ts'
import { typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { elevating, opens, registering } from '../../support/test-app/people.ts'
import { interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const refreshing = ({ deps, caller }: TestApp, { refreshToken }: Pick<IssuedSession, 'refreshToken'>) =>
  refreshSession(deps)(refreshToken ?? '', caller)

const open = async () => {
  const app = await openTestApp()
  return { app, first: await succeed(registering(app)) }
}

const tokenOpens = (app: TestApp, { session, token }: { session: IssuedSession['session']; token: string }) =>
  opens(app, session.sessionId, token)

describe('refresh', () => {
  test('hands out a new pair, and the old token is dead at once', async () => {
    const { app, first } = await open()
    const second = await succeed(refreshing(app, first))
    expect(second.session.sessionId).toBe(first.session.sessionId)
    expect(await tokenOpens(app, first)).toBe(false)
    expect(await tokenOpens(app, second)).toBe(true)
    const third = await succeed(refreshing(app, second))
    expect(await tokenOpens(app, second)).toBe(false)
    expect(await tokenOpens(app, third)).toBe(true)
  })

  test.each([0, 1, 2])('of a spent token ends the family: the one of %i refreshes ago is told', async (older) => {
    const { app, first } = await open()
    const family = [first, await succeed(refreshing(app, first))]
    for (let n = 0; n < 2; n++) family.push(await succeed(refreshing(app, family.at(-1) as IssuedSession)))
    const newest = family.at(-1) as IssuedSession
    const spent = family[2 - older] as IssuedSession
    expect(await refusalOf(refreshing(app, spent))).toEqual({ type: 'session_not_active' })
    expect((await typesOf(app, sessionStream(first.session.sessionId))).slice(-2)).toEqual(['RefreshTokenReuseDetected', 'SessionRevoked'])
    expect(await tokenOpens(app, newest)).toBe(false)
    expect(await refusalOf(refreshing(app, newest))).toEqual({ type: 'session_not_active' })
  })

  test('with a made-up token for a session that there is changes nothing', async () => {
    const { app, first } = await open()
    const before = await wholeLog(app)
    const { sessionId } = first.session
    for (const madeUp of [
      `${sessionId}.${'A'.repeat(43)}`,
      `${sessionId}.`,
      sessionId,
      `${first.refreshToken}x`,
      first.token,
      `${sessionId}.${first.token}`,
    ]) {
      expect(await refusalOf(refreshing(app, { refreshToken: madeUp }))).toEqual({ type: 'session_not_active' })
    }
    expect(await wholeLog(app)).toEqual(before)
    expect(await tokenOpens(app, first)).toBe(true)
    await succeed(refreshing(app, first))
  })

  test.each(['', '.', 'x', '../account', '00000000-0000-7000-8000-000000000000.x'])(
    'refuses the token %j that no session ever had',
    async (refreshToken) => {
      const { app } = await open()
      expect(await refusalOf(refreshing(app, { refreshToken }))).toEqual({ type: 'session_not_active' })
    },
  )

  test('ends an elevation', async () => {
    const { app, first } = await open()
    const elevated = await succeed(elevating(app, first))
    expect(elevated.session.elevatedUntil).toBe(app.clock.now() + 900_000)
    const refreshed = await succeed(refreshing(app, first))
    expect(refreshed.session.elevatedUntil).toBeNull()
    expect(await tokenOpens(app, elevated)).toBe(false)
  })

  test('brings back a session left idle, but none past its absolute time or its refresh time', async () => {
    const { app, first } = await open()
    app.clock.advance(86_400_000)
    expect(await tokenOpens(app, first)).toBe(false)
    const second = await succeed(refreshing(app, first))
    expect(await tokenOpens(app, second)).toBe(true)
    app.clock.set(first.session.expiresAt)
    expect(await refusalOf(refreshing(app, second))).toEqual({ type: 'session_not_active' })
  })

  test('is refused after the session was logged out', async () => {
    const { app, first } = await open()
    await succeed(revokeSession(app.deps)({ ...first.session, because: 'logged_out' }, app.caller))
    expect(await refusalOf(refreshing(app, first))).toEqual({ type: 'session_not_active' })
  })

  const ends = {
    'every session was revoked': ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
      succeed(revokeAllSessions(deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, caller)),
    'the account was disabled': ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
      succeed(administer(deps)({ accountId, command: { type: 'disable' }, actor: accountId }, caller)),
    'the account was erased': ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
      succeed(eraseAccount(deps)({ accountId, because: 'requested_by_owner', actor: accountId }, caller)),
  }

  test.each(Object.entries(ends))('is refused after %s, on every node', async (_, end) => {
    const { app, first } = await open()
    const other = await app.restart()
    const second = await succeed(refreshing(other, first))
    await end(app, first)
    expect(await refusalOf(refreshing(other, second))).toEqual({ type: 'session_not_active' })
    expect(await tokenOpens(other, second)).toBe(false)
  })

  test.each(Object.entries(ends))('hands out nothing that works if meanwhile %s', async (_, end) => {
    const { app, first } = await open()
    const node = await app.restart({ store: interposing('RefreshTokenRotated', () => end(app, first)) })
    const outcome = await refreshing(node, first)()
    if (outcome._tag === 'Right') expect(await tokenOpens(app, outcome.right)).toBe(false)
    expect(await tokenOpens(app, first)).toBe(false)
  })
})
