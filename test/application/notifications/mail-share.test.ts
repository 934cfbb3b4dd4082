import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { requestRegistration } from '../../../application/accounts/register-verified.ts'
import { notifyOwner } from '../../../application/notifications/notify-owner.ts'
import { requestPasswordReset } from '../../../application/passwords/reset-password.ts'
import type { MailShare } from '../../../application/ports/mail.ts'
import type { DomainEvent } from '../../../domain/catalogue.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loginStreamOf, registering } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

test('a link takes a place of the widest network that asked for it, and a notice one of its account', async () => {
  const app = await openTestApp()
  const { session } = await succeed(registering(app))
  const shares: MailShare[] = []
  const mail = {
    ...app.deps.mail,
    send: (_: unknown, share: MailShare) => async () => {
      shares.push(share)
      return right(undefined)
    },
  }
  const needs = { ...app.deps, mail }
  const caller = { ...app.caller, networks: ['2001:db8:1:2', '2001:db8:1:0', '2001:db8:1'] as const }
  await succeed(requestPasswordReset(needs)(ada, caller))
  await succeed(requestRegistration(needs)(address('grace'), caller))
  const locked = { type: 'LoginLocked', data: { at: app.clock.now(), until: app.clock.now() } } as DomainEvent
  await succeed(notifyOwner(needs)(loginStreamOf(app), locked))
  expect(shares).toEqual([{ network: '2001:db8:1' }, { network: '2001:db8:1' }, { account: session.accountId }])
})
