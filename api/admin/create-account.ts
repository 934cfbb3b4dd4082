import * as t from 'io-ts'
import { invitedAccount, mailInvitation } from '../../application/accounts/invite.ts'
import { createAccount } from '../../application/administration/create-account.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { Email, Password } from '../shapes/credentials.ts'
import { Language } from '../shapes/language.ts'
import { ClaimsInput, RoleName } from '../shapes/names.ts'

const NewAccount = strictObject(
  { email: Email },
  {
    password: Password,
    mustChangePassword: t.boolean,
    invite: t.literal(true),
    language: Language,
    roles: t.array(RoleName),
    claims: ClaimsInput,
  },
)

const AccountCreatedAnswer = strictObject({ accountId: uuid(AccountId) })

const oneOfBoth: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: 'password', expected: 'either a password or `invite`' }],
}

const onlyWithPassword: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: 'mustChangePassword', expected: 'only with a password' }],
}

export function createAccountRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/admin/accounts',
    tag: 'Administration',
    summary: 'Create an account, with a password or by inviting its owner',
    description:
      'Also with REGISTRATION=closed. With `invite` a link is mailed, good for seven days, and nobody can log in until it is used. With a password, its owner must choose another one at the first login, unless `mustChangePassword` is false. The account has its roles and claims at once, or does not exist; only `admin` is granted after that. If the response is 503, look for the address: if the account exists, this call answers 409, and the role and the invitation have calls of their own, which can be repeated.',
    body: NewAccount,
    guards: context.guards.elevatedAdmin,
    responses: { 201: AccountCreatedAnswer },
    problems: ['EMAIL_TAKEN', 'NOT_FOUND', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
  })(({ body: { email, password, mustChangePassword, invite, language, roles = [], claims = {} } }, request) => {
    if ((password === undefined) !== (invite === true)) return oneOfBoth
    if (invite === true && mustChangePassword !== undefined) return onlyWithPassword
    const actor = sessionOf(request).accountId
    const caller = context.callerOf(request)
    const chosen = password === undefined ? { password: null } : { password, mustChangePassword: mustChangePassword ?? true }
    const created = createAccount(context)({ email, ...chosen, roles, claims, language, actor }, caller)
    return context.answer(created, (account) => {
      if (invite === true) context.inBackground(mailInvitation(context)(account, actor, caller))
      return { status: 201 as const, body: { accountId: account.accountId } }
    })
  })
}

export function inviteAgainRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/admin/accounts/:id/invite',
    tag: 'Administration',
    summary: 'Mail the invitation again',
    description: 'An address gets one such mail in five minutes: a call before that is answered with 202 too, and mails nothing.',
    params: strictObject({ id: uuid(AccountId) }),
    guards: context.guards.elevatedAdmin,
    responses: { 202: null },
    problems: ['NOT_FOUND', 'PASSWORD_ALREADY_CHOSEN', 'STORE_UNAVAILABLE'],
  })(({ params: { id } }, request) =>
    context.answer(invitedAccount(context)(id), (account) => {
      context.inBackground(mailInvitation(context)(account, sessionOf(request).accountId, context.callerOf(request)))
      return { status: 202 as const }
    }),
  )
}
