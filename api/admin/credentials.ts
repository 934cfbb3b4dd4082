import * as t from 'io-ts'
import { refuseIfDemoted } from '../../application/administration/refuse-if-demoted.ts'
import { setEmail } from '../../application/administration/set-email.ts'
import { setPassword } from '../../application/passwords/set-password.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Email, Password } from '../shapes/credentials.ts'

const params = strictObject({ id: uuid(AccountId) })
const PasswordByAdministrator = strictObject({ password: Password }, { mustChange: t.boolean })
const EmailByAdministrator = strictObject({ email: Email })

export function setPasswordRoute(context: Context) {
  return defineRoute({
    method: 'PUT',
    url: '/admin/accounts/:id/password',
    tag: 'Administration',
    summary: 'Set the password of an account and end its sessions',
    description:
      'For somebody who cannot be reached by mail. The owner gets a notice, and must choose another password at the next login; with `mustChange: false` only if they want to. Locks stay: `unlock` lifts them.',
    params,
    body: PasswordByAdministrator,
    guards: context.guards.elevatedAdmin,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
  })(({ params: { id: accountId }, body: { password, mustChange = true } }, request) => {
    const actor = sessionOf(request).accountId
    const setting = { accountId, password, actor, mustChange, stillAllowed: refuseIfDemoted(context, actor) }
    return context.answer(setPassword(context)(setting, context.callerOf(request)), status(204))
  })
}

export function setEmailRoute(context: Context) {
  return defineRoute({
    method: 'PUT',
    url: '/admin/accounts/:id/email',
    tag: 'Administration',
    summary: 'Replace the email address of an account',
    description: 'Sessions stay, the old address gets a notice, and the new one is not verified. 404 unless the account is active.',
    params,
    body: EmailByAdministrator,
    guards: context.guards.elevatedAdmin,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'EMAIL_TAKEN', 'STORE_UNAVAILABLE'],
  })(({ params: { id: accountId }, body: { email } }, request) => {
    const setting = { accountId, email, emailVerified: false, actor: sessionOf(request).accountId }
    return context.answer(setEmail(context)(setting, context.callerOf(request)), status(204))
  })
}
