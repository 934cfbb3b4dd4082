import { describe, expect, test } from 'vitest'
import { administer } from '../../../application/administration/administer.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { refreshSession } from '../../../application/sessions/refresh-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, guess, loggingIn, opens, otherPassword, password, registering, wrongPassword } from '../../support/world/people.ts'
import { dawdling, interposing } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

const changing = ({ deps, caller }: House, { session: { accountId, sessionId } }: IssuedSession, to = otherPassword, current = password) =>
  changePassword(deps)({ accountId, sessionId, currentPassword: current, newPassword: to }, caller)

const isOpen = (house: House, { session, token }: IssuedSession) => opens(house, session.sessionId, token)

const open = async () => {
  const house = await openHouse()
  return { house, own: await succeed(registering(house)), other: await succeed(loggingIn(house)) }
}

describe('a change of password', () => {
  test('ends the other sessions and keeps the one it was asked from, with its token and refresh token', async () => {
    const { house, own, other } = await open()
    await succeed(changing(house, own))
    expect(await isOpen(house, own)).toBe(true)
    expect(await isOpen(house, other)).toBe(false)
    expect(await refusalOf(refreshSession(house.deps)(other.refreshToken ?? '', house.caller))).toEqual({ type: 'session_not_active' })
    await succeed(refreshSession(house.deps)(own.refreshToken ?? '', house.caller))
  })

  test('lets nobody in with the old password', async () => {
    const { house, own } = await open()
    await succeed(changing(house, own))
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
    await succeed(loggingIn(house, ada, otherPassword))
  })

  test('can follow another, from the session that was kept', async () => {
    const { house, own } = await open()
    await succeed(changing(house, own))
    const between = await succeed(loggingIn(house, ada, otherPassword))
    await succeed(changing(house, own, 'a third one altogether', otherPassword))
    expect(await isOpen(house, own)).toBe(true)
    expect(await isOpen(house, between)).toBe(false)
  })

  test('asked from another session ends the one that was kept before', async () => {
    const { house, own } = await open()
    await succeed(changing(house, own))
    const next = await succeed(loggingIn(house, ada, otherPassword))
    await succeed(changing(house, next, 'a third one altogether', otherPassword))
    expect(await isOpen(house, own)).toBe(false)
    expect(await isOpen(house, next)).toBe(true)
  })

  test('counts wrong passwords against the same budget as log-in does', async () => {
    const { house, own } = await open()
    await guess(house, 2)
    for (let n = 0; n < 3; n++)
      expect(await refusalOf(changing(house, own, otherPassword, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await refusalOf(changing(house, own))).toMatchObject({ type: 'locked_out' })
    expect(await refusalOf(loggingIn(house))).toMatchObject({ type: 'locked_out' })
    expect(await countOf(house, 'PasswordReplaced')).toBe(0)
  })

  test('looks at the new password only after the old one, and refuses one that breaks the rules', async () => {
    const { house, own } = await open()
    expect(await refusalOf(changing(house, own, 'short', wrongPassword))).toEqual({ type: 'invalid_credentials' })
    for (const [reason, chosen] of [
      ['too_short', 'short'],
      ['too_common', 'Password1'],
      ['contains_email', 'my ada@example.org key'],
    ] as const) {
      expect(await refusalOf(changing(house, own, chosen))).toEqual({ type: 'password_rejected', reason })
    }
    expect(await countOf(house, 'PasswordReplaced')).toBe(0)
    await succeed(loggingIn(house))
  })

  test('holds the new password in the log as little as the old one', async () => {
    const { house, own } = await open()
    await succeed(changing(house, own))
    const log = JSON.stringify(await wholeLog(house))
    for (const secret of [password, otherPassword, '$argon2']) expect(log).not.toContain(secret)
  })

  test('twice at once happens once, over two nodes, from one session or from two', async () => {
    for (let round = 0; round < 50; round++) {
      const { house, own, other } = await open()
      const nodes = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })] as const
      const second = round % 2 === 0 ? own : other
      const { won, lost } = await race([
        changing(nodes[0], own, 'the first of the two'),
        changing(nodes[1], second, 'the second of the two'),
      ])
      expect(won).toHaveLength(1)
      expect(['password_outdated', 'session_ended', 'invalid_credentials']).toContain(lost[0]?.type)
      expect(await countOf(house, 'PasswordReplaced')).toBe(1)
      const { won: accepted } = await race([loggingIn(house, ada, 'the first of the two'), loggingIn(house, ada, 'the second of the two')])
      expect(accepted).toHaveLength(1)
    }
  })

  const meanwhile = {
    'every session is revoked': ({ deps, caller }: House, { session: { accountId } }: IssuedSession) =>
      succeed(revokeAllSessions(deps)(accountId, 'logged_out_everywhere', accountId, caller)),
    'the account is disabled': ({ deps, caller }: House, { session: { accountId } }: IssuedSession) =>
      succeed(administer(deps)(accountId, { type: 'disable' }, accountId, caller)),
  }

  test.each(Object.entries(meanwhile))('keeps no session if meanwhile %s, and changes nothing', async (_, act) => {
    const { house, own } = await open()
    const node = await house.restart({ store: interposing('PasswordReplaced', () => act(house, own)) })
    expect(await refusalOf(changing(node, own))).toEqual({ type: 'session_ended' })
    expect(await isOpen(house, own)).toBe(false)
    expect(await countOf(house, 'PasswordReplaced')).toBe(0)
  })

  test('is refused from a session that ended, before the password is looked at', async () => {
    const { house, own } = await open()
    await succeed(revokeSession(house.deps)(own.session, 'logged_out', house.caller))
    const before = house.counts.hashCalls
    expect(await refusalOf(changing(house, own))).toEqual({ type: 'session_not_active' })
    expect(house.counts.hashCalls).toBe(before)
  })

  test('does not bring back a session that was logged out at the last moment', async () => {
    const { house, own } = await open()
    const logOut = () => succeed(revokeSession(house.deps)(own.session, 'logged_out', house.caller))
    const node = await house.restart({ store: interposing('PasswordReplaced', logOut) })
    await changing(node, own)()
    expect(await isOpen(house, own)).toBe(false)
  })

  test('stands if the hash was renewed meanwhile', async () => {
    const { house, own } = await open()
    const renew = async () => succeed(loggingIn(await house.restart({ passes: 2 })))
    const node = await house.restart({ store: interposing('PasswordReplaced', renew) })
    await succeed(changing(node, own))
    expect(await countOf(house, 'PasswordRehashed')).toBe(1)
    await succeed(loggingIn(house, ada, otherPassword))
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
  })
})
