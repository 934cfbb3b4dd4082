import { describe, expect, test } from 'vitest'
import { extendSession } from '../../../application/sessions/extend-active-sessions.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { address, loggingIn, opens, registering } from '../../support/test-app/people.ts'
import { interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const isOpen = (app: TestApp, { session, token }: IssuedSession) => opens(app, session.sessionId, token)

describe('the end of a session', () => {
  test('is at once, on every node, and ends no other', async () => {
    const app = await openTestApp()
    const [one, other] = [await succeed(registering(app)), await succeed(loggingIn(app))]
    const node = await app.restart()
    expect(await isOpen(node, one)).toBe(true)
    await succeed(revokeSession(app.deps)({ ...one.session, because: 'logged_out' }, app.caller))
    expect(await isOpen(node, one)).toBe(false)
    expect(await isOpen(node, other)).toBe(true)
  })

  test('twice is once', async () => {
    const app = await openTestApp()
    const { session } = await succeed(registering(app))
    await succeed(revokeSession(app.deps)({ ...session, because: 'logged_out' }, app.caller))
    expect((await succeed(revokeSession(app.deps)({ ...session, because: 'revoked_by_owner' }, app.caller))).events).toEqual([])
    expect(await countOf(app, 'SessionRevoked')).toBe(1)
  })

  test("of somebody else's session is refused as that of one that never was", async () => {
    const app = await openTestApp()
    const own = await succeed(registering(app))
    const others = await succeed(registering(app, address('grace')))
    const { accountId } = own.session
    const before = await wholeLog(app)
    const never = app.deps.journal.newId() as typeof own.session.sessionId
    for (const sessionId of [others.session.sessionId, never]) {
      expect(await refusalOf(revokeSession(app.deps)({ sessionId, accountId, because: 'revoked_by_owner' }, app.caller))).toEqual({
        type: 'no_such_session',
      })
    }
    expect(await wholeLog(app)).toEqual(before)
    expect(await isOpen(app, others)).toBe(true)
  })

  test('of all sessions is one event, however many there are; those granted later live', async () => {
    const app = await openTestApp()
    const sessions = [await succeed(registering(app)), await succeed(loggingIn(app)), await succeed(loggingIn(app))] as const
    const { accountId } = sessions[0].session
    const before = (await wholeLog(app)).length
    await succeed(revokeAllSessions(app.deps)({ accountId, because: 'logged_out_everywhere', actor: accountId }, app.caller))
    expect(await wholeLog(app)).toHaveLength(before + 1)
    for (const session of sessions) expect(await isOpen(app, session)).toBe(false)
    expect(await isOpen(app, await succeed(loggingIn(app)))).toBe(true)
  })

  test("of one account's sessions leaves those of others", async () => {
    const app = await openTestApp()
    const own = await succeed(registering(app))
    const others = await succeed(registering(app, address('grace')))
    const { accountId } = own.session
    await succeed(revokeAllSessions(app.deps)({ accountId, because: 'revoked_by_admin', actor: others.session.accountId }, app.caller))
    expect(await isOpen(app, own)).toBe(false)
    expect(await isOpen(app, others)).toBe(true)
  })
})

describe('the use of a session', () => {
  test('moves its idle end, written at most once in a twelfth of the idle time', async () => {
    const app = await openTestApp()
    const { session, token } = await succeed(registering(app))
    const extend = () => succeed(extendSession(app.deps)({ sessionId: session.sessionId, accountId: session.accountId }, app.caller))
    for (let minutes = 0; minutes < 120; minutes++) {
      await extend()
      app.clock.advance(60_000)
    }
    expect(await countOf(app, 'SessionExtended')).toBe(0)
    await extend()
    await extend()
    expect(await countOf(app, 'SessionExtended')).toBe(1)
    app.clock.advance(86_400_000 - 1)
    expect(await opens(app, session.sessionId, token)).toBe(true)
    app.clock.advance(1)
    expect(await opens(app, session.sessionId, token)).toBe(false)
  })

  test('does not bring a session back that ended at the same moment', async () => {
    const app = await openTestApp()
    const own = await succeed(registering(app))
    app.clock.advance(7_200_000)
    const logOut = () => succeed(revokeSession(app.deps)({ ...own.session, because: 'logged_out' }, app.caller))
    const { deps, caller } = await app.restart({ store: interposing('SessionExtended', logOut) })
    expect(await refusalOf(extendSession(deps)({ sessionId: own.session.sessionId, accountId: own.session.accountId }, caller))).toEqual({
      type: 'session_not_active',
    })
    expect(await isOpen(app, own)).toBe(false)
  })
})
