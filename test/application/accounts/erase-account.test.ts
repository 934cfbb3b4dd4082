import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { completeErasure, eraseAccount } from '../../../application/accounts/erase-account.ts'
import { eraseOwnAccount } from '../../../application/accounts/erase-own-account.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { accountStream, dataKeyStream, emailClaimStream, loginStream } from '../../../domain/kernel/streams.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, password, registering } from '../../support/test-app/people.ts'
import { crashingBefore, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const erasing = ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
  eraseAccount(deps)({ accountId, because: 'requested_by_owner', actor: accountId }, caller)

const completing = ({ deps }: TestApp, { session: { accountId } }: IssuedSession) =>
  completeErasure(deps)(
    { accountId, email: deps.crypto.indexEmail(ada), identities: [] },
    { actor: 'system', correlationId: deps.journal.newId(), causationId: null },
  )

const open = async () => {
  const app = await openTestApp()
  return { app, own: await succeed(registering(app)) }
}

const sealedIn = async (app: TestApp, { session: { accountId } }: IssuedSession) => {
  const found = JSON.stringify(await wholeLog(app)).match(new RegExp(`${accountId}\\.[A-Za-z0-9_-]{38,}`, 'g')) ?? []
  return found as unknown as readonly Sealed[]
}

const cannotDelete = (store: EventStore): EventStore => ({ ...store, deleteKeyStream: () => async () => left(goneAway) })

describe('erasure', () => {
  test('shreds the key: nothing that was sealed for the person opens any more, on any node', async () => {
    const { app, own } = await open()
    await loggingIn(app)()
    const sealed = await sealedIn(app, own)
    expect(sealed.length).toBeGreaterThanOrEqual(6)
    await succeed(erasing(app, own))
    for (const node of [app, await app.restart()]) {
      for (const value of sealed) expect(await refusalOf(node.deps.crypto.vault.unseal('email', value))).toEqual({ type: 'key_shredded' })
      expect(await refusalOf(node.deps.crypto.vault.seal(own.session.accountId, 'email', ada))).toEqual({ type: 'key_shredded' })
    }
    expect(await refusalOf(app.store.read(dataKeyStream(own.session.accountId)))).toMatchObject({ type: 'stream_deleted' })
  })

  test('leaves every other event where it was', async () => {
    const { app, own } = await open()
    const before = await typesIn(app)
    await succeed(erasing(app, own))
    expect(await typesIn(app)).toEqual([...before, 'AccountErased', 'EmailReleased'])
  })

  test('ends the sessions, and the name is as unknown as one that never was', async () => {
    const { app, own } = await open()
    await succeed(erasing(app, own))
    expect(await opens(app, own.session.sessionId, own.token)).toBe(false)
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    expect(await refusalOf(loggingIn(app, address('nobody')))).toEqual({ type: 'invalid_credentials' })
    const [erased] = (await wholeLog(app)).filter(({ type }) => type === 'LoginAttempted')
    expect(erased).toMatchObject({ stream: loginStream(app.deps.crypto.indexEmail(ada)), data: { accountId: null } })
  })

  test('frees the address for a new account, which has nothing of the old one', async () => {
    const { app, own } = await open()
    await succeed(erasing(app, own))
    const again = await succeed(registering(app, ada, otherPassword))
    expect(again.session.accountId).not.toBe(own.session.accountId)
    await succeed(loggingIn(app, ada, otherPassword))
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    expect(await opens(app, own.session.sessionId, own.token)).toBe(false)
  })

  test('twice is once, and takes nothing from whoever has the address now', async () => {
    const { app, own } = await open()
    await succeed(erasing(app, own))
    const again = await succeed(registering(app, ada, otherPassword))
    await succeed(erasing(app, own))
    await succeed(completing(app, own))
    expect(await countOf(app, 'AccountErased')).toBe(1)
    expect(await countOf(app, 'EmailReleased')).toBe(1)
    expect(await opens(app, again.session.sessionId, again.token)).toBe(true)
    expect(await refusalOf(registering(app))).toEqual({ type: 'email_taken' })
  })

  test('of an account that never was is refused without a trace', async () => {
    const { app, own } = await open()
    const before = await wholeLog(app)
    const never = { ...own, session: { ...own.session, accountId: app.deps.journal.newId() as typeof own.session.accountId } }
    expect(await refusalOf(erasing(app, never))).toEqual({ type: 'no_such_account' })
    expect(await wholeLog(app)).toEqual(before)
  })
})

test('an owner whose session is ended by another node at the last moment erases nothing', async () => {
  const { app, own } = await open()
  const { journal } = app.deps
  const { accountId } = own.session
  const revoke = journal.decide(
    streams.account(accountId),
    { type: 'revokeSessions', because: 'revoked_by_admin', at: app.clock.now() },
    { actor: 'system', correlationId: journal.newId(), causationId: null },
  )
  const node = await app.restart({ store: interposing('AccountErased', revoke) })
  expect(await refusalOf(eraseOwnAccount(node.deps)({ ...own.session, proof: { password } }, node.caller))).toEqual({
    type: 'session_ended',
  })
  expect((await typesOf(app, accountStream(accountId))).at(-1)).toBe('AllSessionsRevoked')
  await succeed(loggingIn(app))
})

describe('a crash in the middle of an erasure', () => {
  const crashes = { 'the key was shredded': cannotDelete, 'the address was released': crashingBefore('EmailReleased') }

  test.each(Object.entries(crashes))('before %s is made good, as often as one likes', async (_, crash) => {
    const { app, own } = await open()
    const sealed = await sealedIn(app, own)
    expect(await refusalOf(erasing(await app.restart({ store: crash }), own))).toEqual(goneAway)
    expect((await typesOf(app, accountStream(own.session.accountId))).at(-1)).toBe('AccountErased')
    expect(await opens(app, own.session.sessionId, own.token)).toBe(false)
    expect(await refusalOf(registering(app))).toEqual({ type: 'email_taken' })

    const restarted = await app.restart()
    for (let n = 0; n < 2; n++) await succeed(completing(restarted, own))
    for (const value of sealed)
      expect(await refusalOf(restarted.deps.crypto.vault.unseal('email', value))).toEqual({ type: 'key_shredded' })
    expect(await typesOf(app, emailClaimStream(app.deps.crypto.indexEmail(ada)))).toEqual(['EmailClaimed', 'EmailReleased'])
    await succeed(registering(restarted, ada, otherPassword))
  })

  test('is also made good by asking again', async () => {
    const { app, own } = await open()
    await erasing(await app.restart({ store: crashingBefore('EmailReleased') }), own)()
    await succeed(erasing(app, own))
    await succeed(registering(app))
  })
})
