import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { completeErasure, eraseAccount } from '../../../application/accounts/erase-account.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { accountStream, dataKeyStream, emailClaimStream, loginStream } from '../../../domain/kernel/streams.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, registering } from '../../support/world/people.ts'
import { crashingBefore, dawdling, goneAway } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

const erasing = ({ deps, caller }: House, { session: { accountId } }: IssuedSession) =>
  eraseAccount(deps)(accountId, 'requested_by_owner', accountId, caller)

const completing = ({ deps }: House, { session: { accountId } }: IssuedSession) =>
  completeErasure(deps)({ accountId, email: deps.indexEmail(ada) }, { actor: 'system', correlationId: deps.newId(), causationId: null })

const open = async () => {
  const house = await openHouse()
  return { house, own: await succeed(registering(house)) }
}

const sealedIn = async (house: House, { session: { accountId } }: IssuedSession) => {
  const found = JSON.stringify(await wholeLog(house)).match(new RegExp(`${accountId}\\.[A-Za-z0-9_-]{38,}`, 'g')) ?? []
  return found as unknown as readonly Sealed[]
}

const cannotDelete = (store: EventStore): EventStore => ({ ...store, deleteKeyStream: () => async () => left(goneAway) })

describe('erasure', () => {
  test('shreds the key: nothing that was sealed for the person opens any more, on any node', async () => {
    const { house, own } = await open()
    await loggingIn(house)()
    const sealed = await sealedIn(house, own)
    expect(sealed.length).toBeGreaterThanOrEqual(6)
    await succeed(erasing(house, own))
    for (const node of [house, await house.restart()]) {
      for (const value of sealed) expect(await refusalOf(node.deps.vault.unseal('email', value))).toEqual({ type: 'key_shredded' })
      expect(await refusalOf(node.deps.vault.seal(own.session.accountId, 'email', ada))).toEqual({ type: 'key_shredded' })
    }
    expect(await refusalOf(house.store.read(dataKeyStream(own.session.accountId)))).toMatchObject({ type: 'stream_deleted' })
  })

  test('leaves every other event where it was', async () => {
    const { house, own } = await open()
    const before = await typesIn(house)
    await succeed(erasing(house, own))
    expect(await typesIn(house)).toEqual([...before, 'AccountErased', 'EmailReleased'])
  })

  test('ends the sessions, and the name is as unknown as one that never was', async () => {
    const { house, own } = await open()
    await succeed(erasing(house, own))
    expect(await opens(house, own.session.sessionId, own.token)).toBe(false)
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
    expect(await refusalOf(loggingIn(house, address('nobody')))).toEqual({ type: 'invalid_credentials' })
    const [erased] = (await wholeLog(house)).filter(({ type }) => type === 'LoginAttempted')
    expect(erased).toMatchObject({ stream: loginStream(house.deps.indexEmail(ada)), data: { accountId: null } })
  })

  test('frees the address for a new account, which has nothing of the old one', async () => {
    const { house, own } = await open()
    await succeed(erasing(house, own))
    const again = await succeed(registering(house, ada, otherPassword))
    expect(again.session.accountId).not.toBe(own.session.accountId)
    await succeed(loggingIn(house, ada, otherPassword))
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
    expect(await opens(house, own.session.sessionId, own.token)).toBe(false)
  })

  test('twice is once, and takes nothing from whoever has the address now', async () => {
    const { house, own } = await open()
    await succeed(erasing(house, own))
    const again = await succeed(registering(house, ada, otherPassword))
    await succeed(erasing(house, own))
    await succeed(completing(house, own))
    expect(await countOf(house, 'AccountErased')).toBe(1)
    expect(await countOf(house, 'EmailReleased')).toBe(1)
    expect(await opens(house, again.session.sessionId, again.token)).toBe(true)
    expect(await refusalOf(registering(house))).toEqual({ type: 'email_taken' })
  })

  test('of an account that never was is refused without a trace', async () => {
    const { house, own } = await open()
    const before = await wholeLog(house)
    const never = { ...own, session: { ...own.session, accountId: house.deps.newId() as typeof own.session.accountId } }
    expect(await refusalOf(erasing(house, never))).toEqual({ type: 'no_such_account' })
    expect(await wholeLog(house)).toEqual(before)
  })

  test('at once with a new registration of the address leaves one owner or none, over two nodes', async () => {
    for (let round = 0; round < 20; round++) {
      const { house, own } = await open()
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const { won } = await race<unknown, unknown>([erasing(one, own), registering(other, ada, otherPassword)])
      expect(won.length).toBeGreaterThanOrEqual(1)
      expect(await countOf(house, 'AccountRegistered')).toBe(won.length)
      expect((await loggingIn(house, ada, otherPassword)())._tag).toBe(won.length === 2 ? 'Right' : 'Left')
    }
  })
})

describe('a crash in the middle of an erasure', () => {
  const crashes = { 'the key was shredded': cannotDelete, 'the address was released': crashingBefore('EmailReleased') }

  test.each(Object.entries(crashes))('before %s is made good, as often as one likes', async (_, crash) => {
    const { house, own } = await open()
    const sealed = await sealedIn(house, own)
    expect(await refusalOf(erasing(await house.restart({ store: crash }), own))).toEqual(goneAway)
    expect((await typesOf(house, accountStream(own.session.accountId))).at(-1)).toBe('AccountErased')
    expect(await opens(house, own.session.sessionId, own.token)).toBe(false)
    expect(await refusalOf(registering(house))).toEqual({ type: 'email_taken' })

    const restarted = await house.restart()
    for (let n = 0; n < 2; n++) await succeed(completing(restarted, own))
    for (const value of sealed) expect(await refusalOf(restarted.deps.vault.unseal('email', value))).toEqual({ type: 'key_shredded' })
    expect(await typesOf(house, emailClaimStream(house.deps.indexEmail(ada)))).toEqual(['EmailClaimed', 'EmailReleased'])
    await succeed(registering(restarted, ada, otherPassword))
  })

  test('is also made good by asking again', async () => {
    const { house, own } = await open()
    await erasing(await house.restart({ store: crashingBefore('EmailReleased') }), own)()
    await succeed(erasing(house, own))
    await succeed(registering(house))
  })
})
