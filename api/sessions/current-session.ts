import type { FastifyRequest } from 'fastify'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { findAccount, openedAddress } from '../../application/accounts/find-account.ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { isAuthenticated, sessionOf } from '../guards/guarded-session.ts'
import { defineRoute, type Guard } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { isProblem } from '../problems.ts'
import { SessionAnswer } from '../shapes/session.ts'

const CurrentSession = strictObject({
  accountId: uuid(AccountId),
  email: t.union([t.string, t.null]),
  emailVerified: t.boolean,
  roles: t.array(t.string),
  claims: t.record(t.string, ClaimValue),
  session: strictObject({ ...SessionAnswer.required, factors: t.array(t.string) }),
})

const OptionalSession = t.union([CurrentSession, t.null])

const showSession = (context: Context, session: ActiveSessionRow) => {
  const owner = pipe(
    findAccount(context)(session.accountId),
    TE.chainW((account) => (account === null ? TE.left({ type: 'session_ended' as const }) : TE.right(account))),
    TE.chainW(({ email, emailVerified }) =>
      pipe(
        openedAddress(context, { email }),
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
}

const nobody = { status: 200 as const, body: null }

const asksOptionally = ({ query }: FastifyRequest) => (query as { readonly optional?: string } | null)?.optional === '1'

/** Guards decide before the query is decoded. */
const unlessOptional = (guards: readonly Guard[]): Guard => {
  const guard: Guard = (request) => {
    const refused = firstRefusal(guards, request)
    return refused?.problem === 'SESSION_REQUIRED' && asksOptionally(request) ? undefined : refused
  }
  return Object.assign(guard, { problems: guards.flatMap(({ problems = [] }) => problems) })
}

export function currentSessionRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/session',
    tag: 'Sessions',
    summary: 'Get the current session',
    description: 'With `optional=1`, somebody without a session gets 200 and `null` instead of 401.',
    query: strictObject({}, { optional: t.literal('1') }),
    guards: [unlessOptional(context.guards.session)],
    responses: { 200: OptionalSession },
    problems: ['STORE_UNAVAILABLE'],
    limit: 'session',
  })(async ({ query: { optional } }, request) => {
    if (!isAuthenticated(request)) return nobody
    const shown = await showSession(context, sessionOf(request))
    return optional !== undefined && isProblem(shown) && shown.problem === 'SESSION_REQUIRED' ? nobody : shown
  })
}
