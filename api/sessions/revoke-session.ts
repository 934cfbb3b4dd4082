import { revokeSession } from '../../application/sessions/revoke-session.ts'
import { SessionId } from '../../domain/kernel/ids.ts'
import { uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'

export function revokeSessionRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/sessions/:id',
    tag: 'Sessions',
    summary: 'End a session of the account',
    params: strictObject({ id: uuid(SessionId) }),
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params: { id: sessionId } }, request) => {
    const { accountId } = sessionOf(request)
    const revoked = revokeSession(context)({ sessionId, accountId, because: 'revoked_by_owner' }, context.callerOf(request))
    return context.answer(revoked, status(204))
  })
}
