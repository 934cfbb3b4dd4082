import { revokeSession } from '../../application/sessions/revoke-session.ts'
import { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { listedSessions, SessionsAnswer, sessionPage } from '../sessions/list-sessions.ts'

export function accountSessionsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/accounts/:id/sessions',
    tag: 'Administration',
    summary: 'List the active sessions of an account, newest first',
    description: 'A page may be short, or empty, and not be the last one: the last one has `next` null.',
    params: strictObject({ id: uuid(AccountId) }),
    query: strictObject({}, sessionPage),
    guards: context.guards.admin,
    responses: { 200: SessionsAnswer },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(async ({ params: { id: accountId }, query }, request) => {
    if (context.accountQueries.byId(accountId) === undefined) return { problem: 'NOT_FOUND' }
    const body = await listedSessions(context, { accountId, ...query }, sessionOf(request).sessionId)
    return afterRecording(context, request, { what: 'sessions', subject: accountId }, { status: 200 as const, body })
  })
}

export function endAccountSessionRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/admin/accounts/:id/sessions/:sessionId',
    tag: 'Administration',
    summary: 'End a session of an account',
    params: strictObject({ id: uuid(AccountId), sessionId: uuid(SessionId) }),
    guards: context.guards.elevatedAdmin,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params: { id: accountId, sessionId } }, request) => {
    const revocation = { sessionId, accountId, because: 'revoked_by_admin', actor: sessionOf(request).accountId } as const
    return context.answer(revokeSession(context)(revocation, context.callerOf(request)), status(204))
  })
}
