import { revokeSession } from '../../application/revoke-session.ts'
import { SessionId } from '../../domain/kernel/ids.ts'
import type { Context } from '../context.ts'
import { uuid } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { sessionOf } from '../guards/live-session.ts'
import { answering } from '../refusals.ts'

export const revokeSessionRoute = (context: Context) =>
  defineRoute({
    method: 'DELETE',
    url: '/sessions/:id',
    tag: 'Sessions',
    summary: 'End one session of the account',
    params: exact({ id: uuid(SessionId) }),
    guards: context.guards.session,
    answers: { 204: null },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params: { id: sessionId } }, request) => {
    const { accountId } = sessionOf(request)
    const revoked = revokeSession(context)({ sessionId, accountId }, 'revoked_by_owner', context.callerOf(request))
    return answering(context.now)(revoked, () => ({ status: 204 }) as const)
  })
