import { describe, expect, test } from 'vitest'
import { extendSession } from '../../../application/sessions/extend-session.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/world/log.ts'
import { refusalOf, succeed } from '../../support/world/outcomes.ts'
import { address, loggingIn, opens, registering } from '../../support/world/people.ts'
import { interposing } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

const isOpen = (house: House, { session, token }: IssuedSession) => opens(house, session.sessionId, token)

describe('the end of a session', () => {
  test('is at once, on every node, and ends no other', async () => {
    const house = await openHouse()
    const [one, other] = [await succeed(registering(house)), await succeed(loggingIn(house))]
    const node = await house.restart()
    expect(await isOpen(node, one)).toBe(true)
    await succeed(revokeSession(house.deps)(one.session, 'logged_out', house.caller))
    expect(await isOpen(node, one)).toBe(false)
    expect(await isOpen(node, other)).toBe(true)
  })

  test('twice is once', async () => {
    const house = await openHouse()
    const { session } = await succeed(registering(house))
    await succeed(revokeSession(house.deps)(session, 'logged_out', house.caller))
    expect((await succeed(revokeSession(house.deps)(session, 'revoked_by_owner', house.caller))).events).toEqual([])
    expect(await countOf(house, 'SessionRevoked')).toBe(1)
  })

  test("of somebody else's session is refused as that of one that never was", async () => {
    const house = await openHouse()
    const own = await succeed(registering(house))
    const others = await succeed(registering(house, address('grace')))
    const { accountId } = own.session
    const before = await wholeLog(house)
    const never = house.deps.newId() as typeof own.session.sessionId
    for (const sessionId of [others.session.sessionId, never]) {
      expect(await refusalOf(revokeSession(house.deps)({ sessionId, accountId }, 'revoked_by_owner', house.caller))).toEqual({
        type: 'no_such_session',
      })
    }
    expect(await wholeLog(house)).toEqual(before)
    expect(await isOpen(house, others)).toBe(true)
  })

  test('of all sessions is one event, however many there are; those granted later live', async () => {
    const house = await openHouse()
    const sessions = [await succeed(registering(house)), await succeed(loggingIn(house)), await succeed(loggingIn(house))] as const
    const { accountId } = sessions[0].session
    const before = (await wholeLog(house)).length
    await succeed(revokeAllSessions(house.deps)(accountId, 'logged_out_everywhere', accountId, house.caller))
    expect(await wholeLog(house)).toHaveLength(before + 1)
    for (const session of sessions) expect(await isOpen(house, session)).toBe(false)
    expect(await isOpen(house, await succeed(loggingIn(house)))).toBe(true)
  })

  test("of one account's sessions leaves those of others", async () => {
    const house = await openHouse()
    const own = await succeed(registering(house))
    const others = await succeed(registering(house, address('grace')))
    const { accountId } = own.session
    await succeed(revokeAllSessions(house.deps)(accountId, 'revoked_by_admin', others.session.accountId, house.caller))
    expect(await isOpen(house, own)).toBe(false)
    expect(await isOpen(house, others)).toBe(true)
  })
})

describe('the use of a session', () => {
  test('moves its idle end, written at most once in a twelfth of the idle time', async () => {
    const house = await openHouse()
    const { session, token } = await succeed(registering(house))
    const extend = () => succeed(extendSession(house.deps)(session.sessionId, session.accountId, house.caller))
    for (let minutes = 0; minutes < 120; minutes++) {
      await extend()
      house.clock.advance(60_000)
    }
    expect(await countOf(house, 'SessionExtended')).toBe(0)
    await extend()
    await extend()
    expect(await countOf(house, 'SessionExtended')).toBe(1)
    house.clock.advance(86_400_000 - 1)
    expect(await opens(house, session.sessionId, token)).toBe(true)
    house.clock.advance(1)
    expect(await opens(house, session.sessionId, token)).toBe(false)
  })

  test('does not bring a session back that ended at the same moment', async () => {
    const house = await openHouse()
    const own = await succeed(registering(house))
    house.clock.advance(7_200_000)
    const logOut = () => succeed(revokeSession(house.deps)(own.session, 'logged_out', house.caller))
    const { deps, caller } = await house.restart({ store: interposing('SessionExtended', logOut) })
    expect(await refusalOf(extendSession(deps)(own.session.sessionId, own.session.accountId, caller))).toEqual({
      type: 'session_not_active',
    })
    expect(await isOpen(house, own)).toBe(false)
  })
})
