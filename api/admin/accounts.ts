import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { AccountEntry } from '../../projections/accounts/account-queries.ts'
import { time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { Email } from '../shapes/credentials.ts'
import { Cursor, fromCursor, nextCursor } from '../shapes/cursor.ts'

const pageSize = 50

const Account = strictObject({
  id: uuid(AccountId),
  email: t.union([t.string, t.null]),
  emailVerified: t.boolean,
  status: t.keyof({ active: null, disabled: null, erased: null }),
  roles: t.array(t.string),
  claims: t.record(t.string, ClaimValue),
  registeredAt: time,
})

const accountBody = async ({ crypto: { vault } }: Context, { accountId, email, roles, ...account }: AccountEntry) => {
  const plain = email === null ? null : await vault.unseal('email', email)()
  const opened = plain === null || isLeft(plain) ? null : plain.right
  return { id: accountId, email: opened, roles: [...roles], ...account }
}

export function listAccountsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/accounts',
    tag: 'Administration',
    summary: 'List accounts in order of registration, or find one by email address',
    query: strictObject({}, { email: Email, cursor: Cursor }),
    guards: context.guards.admin,
    responses: { 200: strictObject({ accounts: t.array(Account), next: t.union([t.string, t.null]) }) },
    problems: ['STORE_UNAVAILABLE'],
  })(({ query: { email, cursor } }, request) =>
    fromCursor(context, 'accounts_cursor', cursor, async (after) => {
      const found = email === undefined ? undefined : context.accountQueries.byEmailIndex(context.crypto.indexEmail(email))
      const page =
        email === undefined ? context.accountQueries.page({ after, limit: pageSize }) : { accounts: found ? [found] : [], next: null }
      const accounts = await Promise.all(page.accounts.map((entry) => accountBody(context, entry)))
      const read =
        found === undefined ? ({ what: 'accounts', subject: null } as const) : ({ what: 'account', subject: found.accountId } as const)
      const body = { accounts, next: nextCursor(context, 'accounts_cursor', page.next) }
      return afterRecording(context, request, read, { status: 200 as const, body })
    }),
  )
}

export function showAccountRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/accounts/:id',
    tag: 'Administration',
    summary: 'Get an account',
    params: strictObject({ id: uuid(AccountId) }),
    guards: context.guards.admin,
    responses: { 200: Account },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(async ({ params: { id } }, request) => {
    const account = context.accountQueries.byId(id)
    if (account === undefined) return { problem: 'NOT_FOUND' }
    const body = await accountBody(context, account)
    return afterRecording(context, request, { what: 'account', subject: id }, { status: 200 as const, body })
  })
}
