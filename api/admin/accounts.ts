import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { accountStatus } from '../../application/administration/account-status.ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { AccountEntry, AccountPage } from '../../projections/accounts/account-queries.ts'
import { text, time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { Email } from '../shapes/credentials.ts'
import { Cursor, fromCursor, nextCursor } from '../shapes/cursor.ts'
import { searchAccounts } from './search-accounts.ts'

const pageSize = 50

const account = {
  id: uuid(AccountId),
  email: t.union([t.string, t.null]),
  emailVerified: t.boolean,
  status: t.keyof({ active: null, disabled: null, erased: null }),
  roles: t.array(t.string),
  claims: t.record(t.string, ClaimValue),
  registeredAt: time,
}

const timeOrNull = t.union([time, t.null])

const AccountAnswer = strictObject(account)
const AccountsAnswer = strictObject({ accounts: t.array(AccountAnswer), next: t.union([t.string, t.null]) })

const AccountDetailsAnswer = strictObject({
  ...account,
  invited: t.boolean,
  lastLoginAt: timeOrNull,
  lockedUntil: timeOrNull,
  codesLockedUntil: timeOrNull,
  codeEntryEnded: t.boolean,
  secondFactor: strictObject({
    enrolled: t.boolean,
    required: t.boolean,
    confirmedAt: timeOrNull,
    recoveryCodesLeft: t.number,
  }),
})

const accountBody = async ({ crypto: { vault } }: Context, { accountId, email, roles, lastLoginAt: _, ...account }: AccountEntry) => {
  const plain = email === null ? null : await vault.unseal('email', email)()
  const opened = plain === null || isLeft(plain) ? null : plain.right
  return { id: accountId, email: opened, roles: [...roles], ...account }
}

const prefixOrEmail: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: 'prefix', expected: 'no `email` beside it' }],
}

type Search = {
  readonly found: AccountEntry | undefined
  readonly email: string | undefined
  readonly prefix: string | undefined
  readonly after: number | undefined
}

const pageOf = (context: Context, { found, email, prefix, after }: Search): AccountPage | Promise<AccountPage> => {
  if (email !== undefined) return { accounts: found ? [found] : [], next: null }
  return prefix === undefined ? context.accountQueries.page({ after, limit: pageSize }) : searchAccounts(context, prefix, after)
}

export function listAccountsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/accounts',
    tag: 'Administration',
    summary: 'List accounts in order of registration, or find some by email address',
    description:
      'With `prefix` a request looks at a bounded number of accounts: a page may be short, or empty, and not be the last one. The last one has `next` null.',
    query: strictObject({}, { email: Email, prefix: text(1, 254), cursor: Cursor }),
    guards: context.guards.admin,
    responses: { 200: AccountsAnswer },
    problems: ['STORE_UNAVAILABLE'],
  })(({ query: { email, prefix, cursor } }, request) => {
    if (email !== undefined && prefix !== undefined) return prefixOrEmail
    return fromCursor(context, 'accounts_cursor', cursor, async (after) => {
      const found = email === undefined ? undefined : context.accountQueries.byEmailIndex(context.crypto.indexEmail(email))
      const page = await pageOf(context, { found, email, prefix, after })
      const accounts = await Promise.all(page.accounts.map((entry) => accountBody(context, entry)))
      const read =
        found === undefined ? ({ what: 'accounts', subject: null } as const) : ({ what: 'account', subject: found.accountId } as const)
      const body = { accounts, next: nextCursor(context, 'accounts_cursor', page.next) }
      return afterRecording(context, request, read, { status: 200 as const, body })
    })
  })
}

export function showAccountRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/accounts/:id',
    tag: 'Administration',
    summary: 'Get an account',
    params: strictObject({ id: uuid(AccountId) }),
    guards: context.guards.admin,
    responses: { 200: AccountDetailsAnswer },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(async ({ params: { id } }, request) => {
    const account = context.accountQueries.byId(id)
    if (account === undefined) return { problem: 'NOT_FOUND' }
    const shown = await accountBody(context, account)
    const answer = await context.answer(accountStatus(context)(id), (status) => ({
      status: 200 as const,
      body: { ...shown, lastLoginAt: account.lastLoginAt, ...status },
    }))
    return 'problem' in answer ? answer : afterRecording(context, request, { what: 'account', subject: id }, answer)
  })
}
