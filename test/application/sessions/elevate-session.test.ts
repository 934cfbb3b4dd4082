import { describe, expect, test } from 'vitest'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { revokeAllSessions, revokeSession } from '../../../application/sessions/revoke-session.ts'
import { countOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { elevating, guess, loggingIn, opens, registering, wrongPassword } from '../../support/world/people.ts'
import { dawdling, interposing } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

type InHand = { session: IssuedSession['session']; token: string }

const isOpen = (house: House, { session, token }: InHand) => opens(house, session.sessionId, token)

const open = async () => {
  const house = await openHouse()
  return { house, first: await succeed(registering(house)) }
}

describe('elevation', () => {
  test('lasts for its time and replaces the token', async () => {
    const { house, first } = await open()
    const elevated = await succeed(elevating(house, first))
    expect(elevated.session.elevatedUntil).toBe(house.clock.now() + 900_000)
    expect(await isOpen(house, elevated)).toBe(true)
    expect(await isOpen(house, first)).toBe(false)
  })

  test('of one session leaves the others as they are', async () => {
    const { house, first } = await open()
    const other = await succeed(loggingIn(house))
    await succeed(elevating(house, first))
    expect(await isOpen(house, other)).toBe(true)
    expect(await countOf(house, 'SessionElevated')).toBe(1)
  })

  test('with a wrong password changes nothing about the session', async () => {
    const { house, first } = await open()
    expect(await refusalOf(elevating(house, first, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await isOpen(house, first)).toBe(true)
    expect(await countOf(house, 'SessionElevated')).toBe(0)
  })

  test('counts wrong passwords against the same budget as log-in does, in both directions', async () => {
    const { house, first } = await open()
    await guess(house, 3)
    for (let n = 0; n < 2; n++) expect(await refusalOf(elevating(house, first, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await refusalOf(loggingIn(house))).toMatchObject({ type: 'locked_out' })
    expect(await refusalOf(elevating(house, first))).toMatchObject({ type: 'locked_out' })
    expect(await isOpen(house, first)).toBe(true)
  })

  test('is recorded as such, by the account itself', async () => {
    const { house, first } = await open()
    await elevating(house, first, wrongPassword)()
    const [attempt] = (await wholeLog(house)).filter(({ type }) => type === 'LoginAttempted')
    expect(attempt).toMatchObject({ data: { purpose: 'elevation' }, metadata: { actor: first.session.accountId } })
  })

  test('with one token twice at once is granted once, over two nodes', async () => {
    for (let round = 0; round < 50; round++) {
      const { house, first } = await open()
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const { won, lost } = await race([elevating(one, first), elevating(other, first)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'session_not_active' }])
      expect(await countOf(house, 'SessionElevated')).toBe(1)
      for (const winner of won) expect(await isOpen(house, winner)).toBe(true)
    }
  })

  test('is refused for a token that was replaced, and for a session that ended or expired', async () => {
    const { house, first } = await open()
    const second = await succeed(elevating(house, first))
    expect(await refusalOf(elevating(house, first))).toEqual({ type: 'session_not_active' })
    await succeed(revokeSession(house.deps)(second.session, 'logged_out', house.caller))
    expect(await refusalOf(elevating(house, second))).toEqual({ type: 'session_not_active' })
    const third = await succeed(loggingIn(house))
    house.clock.advance(86_400_000)
    expect(await refusalOf(elevating(house, third))).toEqual({ type: 'session_not_active' })
  })

  test('is refused if every session was revoked while the password was checked', async () => {
    const { house, first } = await open()
    const { accountId } = first.session
    const revokeAll = () => succeed(revokeAllSessions(house.deps)(accountId, 'logged_out_everywhere', accountId, house.caller))
    const node = await house.restart({ store: interposing('PasswordAccepted', revokeAll) })
    expect(await refusalOf(elevating(node, first))).toEqual({ type: 'session_not_active' })
    expect(await countOf(house, 'SessionElevated')).toBe(0)
  })

  test('opens nothing if every session was revoked at the last moment', async () => {
    const { house, first } = await open()
    const { accountId } = first.session
    const revokeAll = () => succeed(revokeAllSessions(house.deps)(accountId, 'logged_out_everywhere', accountId, house.caller))
    const node = await house.restart({ store: interposing('SessionElevated', revokeAll) })
    const outcome = await elevating(node, first)()
    if (outcome._tag === 'Right') expect(await isOpen(house, outcome.right)).toBe(false)
    expect(await isOpen(house, first)).toBe(false)
  })
})
