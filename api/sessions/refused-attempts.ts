import * as t from 'io-ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'

const RefusedAnswer = strictObject({ count: t.number, since: t.union([time, t.null]), isMore: t.boolean })

const none = { count: 0, since: null, isMore: false }

/** A call of its own: back ends ask for the session of many people, and a stranger at the login must not see it before the second factor. */
export function refusedAttemptsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/session/refused-attempts',
    tag: 'Sessions',
    summary: 'Count the refused logins between your last visit and this one',
    description:
      'Wrong passwords and signatures, and attempts during a lock, from the session before (`since`, null for the first one) to the current one. `isMore`: there were more than are counted.',
    guards: context.guards.session,
    responses: { 200: RefusedAnswer },
  })((_, request) => {
    const { accountId, grantedAt } = sessionOf(request)
    return { status: 200 as const, body: context.refusedAttempts({ accountId, grantedAt }) ?? none }
  })
}
