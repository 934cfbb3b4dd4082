import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { findAccount } from '../../application/accounts/find-account.ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { SessionAnswer } from '../shapes/session.ts'

const CurrentSession = strictObject({
  accountId: uuid(AccountId),
  email: t.string,
  emailVerified: t.boolean,
  roles: t.array(t.string),
  claims: t.record(t.string, ClaimValue),
  session: strictObject({ ...SessionAnswer.required, factors: t.array(t.string) }),
})

export function currentSessionRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/session',
    tag: 'Sessions',
    summary: 'Get the current session',
    guards: context.guards.session,
    responses: { 200: CurrentSession },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) => {
    const session = sessionOf(request)
    const owner = pipe(
      findAccount(context)(session.accountId),
      TE.chainW((account) => (account === null ? TE.left({ type: 'session_ended' as const }) : TE.right(account))),
      TE.chainW(({ email, emailVerified }) =>
        pipe(
          context.crypto.vault.unseal('email', email),
          TE.map((email) => ({ email, emailVerified })),
        ),
      ),
    )
    return context.answer(owner, (shown) => ({
      status: 200 as const,
      body: {
        accountId: session.accountId,
        ...shown,
        roles: [...session.roles],
        claims: Object.fromEntries(session.claims),
        session: {
          id: session.sessionId,
          grantedAt: session.grantedAt,
          idleExpiresAt: session.idleExpiresAt,
          expiresAt: session.expiresAt,
          elevatedUntil: session.elevatedUntil,
          factors: [...session.factors],
        },
      },
    }))
  })
}
