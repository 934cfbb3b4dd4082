import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { findAccountByEmail } from '../../../application/accounts/find-account.ts'
import { notifyOwner } from '../../../application/notifications/notify-owner.ts'
import type { EmailAddress } from '../../../domain/account/email-address.ts'
import { loginStream } from '../../../domain/kernel/streams.ts'
import { LoginLocked } from '../../../domain/login/events.ts'
import { later } from '../../support/domain/time.ts'
import { askingFor, confirming, finishing, linkFor, linkIn } from '../../support/test-app/emails.ts'
import { countOf, typesIn, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, registering } from '../../support/test-app/people.ts'
import { counting, crashingBefore, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const lovelace = address('lovelace')

const open = async () => {
  const app = await openTestApp()
  const own = await succeed(registering(app))
  return { app, own, link: await linkFor(app, own.session.accountId, lovelace) }
}

const hasOwner = async (app: TestApp, email: EmailAddress) =>
  (await succeed(findAccountByEmail(app.deps)(app.deps.crypto.indexEmail(email)))) !== null

const ofChange = (types: readonly string[]) => types.filter((type) => type.startsWith('Email') && type !== 'EmailClaimed')

describe('a change of address that crashed', () => {
  const crashed = async (before: string) => {
    const { app, own, link } = await open()
    const outcome = await confirming(await app.restart({ store: crashingBefore(before) }), link)()
    return { app, own, link, outcome }
  }

  test('before the address was replaced, leaves the old one, and is completed by a start', async () => {
    const { app, outcome } = await crashed('EmailReplaced')
    expect(outcome).toEqual({ _tag: 'Left', left: goneAway })
    const restarted = await app.restart()
    expect([await hasOwner(restarted, ada), await hasOwner(restarted, lovelace)]).toEqual([true, false])
    expect(await finishing(restarted)).toBe(0)
    expect([await hasOwner(restarted, ada), await hasOwner(restarted, lovelace)]).toEqual([false, true])
    expect(ofChange(await typesIn(app))).toEqual(['EmailReserved', 'EmailReplaced', 'EmailReleased'])
    await succeed(loggingIn(restarted, lovelace))
  })

  test('before the address was replaced, is completed by the link', async () => {
    const { app, link } = await crashed('EmailReplaced')
    await succeed(confirming(await app.restart(), link))
    expect(ofChange(await typesIn(app))).toEqual(['EmailReserved', 'EmailReplaced', 'EmailReleased'])
  })

  test('before the old address was released, is answered as done, and frees it for whoever wants it', async () => {
    const { app, outcome } = await crashed('EmailReleased')
    expect(outcome._tag).toBe('Right')
    expect([await hasOwner(app, ada), await hasOwner(app, lovelace)]).toEqual([false, true])
    app.clock.set(later(60_000))
    await succeed(registering(await app.restart()))
    expect(await countOf(app, 'EmailReleased')).toBe(1)
  })

  test('holds the new address against others, who complete it a minute later', async () => {
    const { app } = await crashed('EmailReplaced')
    const node = await app.restart()
    expect(await refusalOf(registering(node, lovelace))).toEqual({ type: 'email_taken' })
    expect(await hasOwner(node, lovelace)).toBe(false)
    app.clock.set(later(60_000))
    expect(await refusalOf(registering(node, lovelace))).toEqual({ type: 'email_taken' })
    expect(await hasOwner(node, lovelace)).toBe(true)
    await succeed(registering(node))
  })

  test('is completed by nobody else: whoever wants the address is not the actor', async () => {
    const { app } = await crashed('EmailReplaced')
    app.clock.set(later(60_000))
    expect(await refusalOf(registering(app, lovelace))).toEqual({ type: 'email_taken' })
    const completed = (await wholeLog(app)).filter(({ type }) => type === 'EmailReplaced' || type === 'EmailReleased')
    expect(completed.map(({ type, metadata }) => [type, metadata.actor])).toEqual([
      ['EmailReplaced', 'system'],
      ['EmailReleased', 'system'],
    ])
  })

  test('releases the new address if the account was erased since', async () => {
    const { app, own } = await crashed('EmailReplaced')
    const { accountId } = own.session
    await succeed(eraseAccount(app.deps)({ accountId, because: 'requested_by_owner', actor: accountId }, app.caller))
    const node = await app.restart()
    expect(await finishing(node)).toBe(0)
    await succeed(registering(node, lovelace))
    await succeed(registering(node))
  })
})

describe('an account that comes back to an address that was not released yet', () => {
  test('keeps it, though the release was decided on before', async () => {
    const { app, own, link } = await open()
    await confirming(await app.restart({ store: crashingBefore('EmailReleased') }), link)()
    const back = await linkFor(app, own.session.accountId, ada)
    const late = await app.restart({ store: interposing('EmailReleased', confirming(app, back)) })
    expect(await finishing(late)).toBe(0)
    expect([await hasOwner(app, ada), await hasOwner(app, lovelace)]).toEqual([true, false])
    app.clock.set(later(60_000))
    expect(await refusalOf(registering(app))).toEqual({ type: 'email_taken' })
    await succeed(registering(app, lovelace))
  })
})

describe('an erasure after a change of address', () => {
  test('frees the new address too, and nothing that was sealed opens', async () => {
    const { app, own, link } = await open()
    await succeed(confirming(app, link))
    const { accountId } = own.session
    await succeed(eraseAccount(app.deps)({ accountId, because: 'requested_by_owner', actor: accountId }, app.caller))
    expect(await refusalOf(confirming(app, link))).toEqual({ type: 'link_token_void' })
    await succeed(registering(app, lovelace))
    await succeed(registering(app))
  })
})

describe('asking for an address', () => {
  test('costs the same appends and reads whether it is taken or not, and tells the mailbox', async () => {
    const costs = []
    for (const to of [address('taken'), address('free')]) {
      const app = await openTestApp()
      const own = await succeed(registering(app))
      await succeed(registering(app, address('taken')))
      let counts = { reads: 0, appends: 0 }
      const node = await app.restart({
        store: (store) => {
          const counted = counting(store)
          counts = counted.counts
          return counted.store
        },
      })
      await succeed(askingFor(node, own, to))
      costs.push({ ...counts })
      const mails = app.mails.filter((mail) => mail.to === to)
      expect(mails).toHaveLength(1)
      expect(linkIn(mails[0]?.text ?? '') === '').toBe(to === address('taken'))
    }
    expect(costs[0]).toEqual(costs[1])
  })
})

test('a notice of a lock at the old address that is still under way is sent to nobody, or to whoever has the address since', async () => {
  const { app, link } = await open()
  const notify = () => {
    const locked = LoginLocked({ deviceId: null, until: later(1_000), consecutiveLocks: 1, at: later(0) })
    return succeed(notifyOwner(app.deps)(loginStream(app.deps.crypto.indexEmail(ada)), locked))
  }
  await notify()
  expect(app.mails.map(({ to }) => to)).toEqual([ada])
  await succeed(confirming(app, link))
  const before = app.mails.length
  await notify()
  expect(app.mails).toHaveLength(before)
  await succeed(registering(app))
  await notify()
  expect(app.mails.slice(before).map(({ to }) => to)).toEqual([ada])
})
