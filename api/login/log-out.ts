import type { FastifyRequest } from 'fastify'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { revokeAllSessions, revokeSession } from '../../application/sessions/revoke-session.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { clearSessionCookie } from '../http/cookies/session-cookie.ts'
import { presentedTokens } from '../http/cookies/session-token.ts'
import { defineRoute } from '../http/route.ts'

const ended = () => ({ status: 204, cookie: clearSessionCookie }) as const

/** More sessions than this are not a browser's. */
const mostSessions = 10

const sessionsOf = ({ sessionQueries, crypto }: Context, request: FastifyRequest) =>
  presentedTokens(request.headers)
    .flatMap((token) => sessionQueries.byTokenHash(crypto.tokens.hash(token)) ?? [])
    .slice(0, mostSessions)

export function logOutRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/logout',
    tag: 'Login',
    summary: 'Log out: end this session',
    description: 'Clears the cookie whatever it is worth. Without a session there is nothing to end, and the response is the same.',
    guards: context.guards.anybody,
    responses: { 204: null },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) => {
    const end = revokeSession(context)
    const ending = sessionsOf(context, request).map((session) => end({ ...session, because: 'logged_out' }, context.callerOf(request)))
    return context.answer(TE.sequenceSeqArray(ending), ended)
  })
}

export function logOutEverywhereRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/logout/everywhere',
    tag: 'Login',
    summary: 'End all sessions of the account, including this one',
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) => {
    const { accountId } = sessionOf(request)
    return context.answer(
      revokeAllSessions(context)({ accountId, because: 'logged_out_everywhere', actor: accountId }, context.callerOf(request)),
      ended,
    )
  })
}
