import type { Context } from '../../context.ts'
import { sessionOf } from '../../guards/guarded-session.ts'
import { afterRecording } from '../../guards/recorded-read.ts'
import { defineRoute } from '../../http/route.ts'
import { nextCursor } from '../../shapes/cursor.ts'
import { endSessions } from './end-sessions.ts'
import { radiusPage, shownRadius, subjectOfRadius } from './radius-page.ts'
import { EndedSessions, Radius, RadiusQuery } from './radius-shapes.ts'

export function blastRadiusRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/blast-radius',
    tag: 'Audit',
    summary: 'List what followed from an address, a session or an account, oldest first',
    description:
      'Exactly one of `address`, `session` and `account`. `since` and `to` bound the attempts and the grants of sessions; what was done in these sessions is listed whenever it was. `attributedBy` is `session` where an event names the session, and `account` where an event of an older version names none: the account did it while the session may have lived. `accounts` are those that the networks of the page have let in or refused, one step further. A page has at most ten sessions, and `cut` says that a session has more than it lists: ask for that `session` alone. Add up the pages until `next` is `null`.',
    query: RadiusQuery,
    guards: context.guards.admin,
    responses: { 200: Radius },
    problems: ['VALIDATION_FAILED', 'STORE_UNAVAILABLE'],
  })(({ query }, request) =>
    radiusPage(context, query, (page) =>
      afterRecording(
        context,
        request,
        { what: 'audit', subject: subjectOfRadius(query, page) },
        { status: 200 as const, body: shownRadius(context, page) },
      ),
    ),
  )
}

export function endRadiusRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/audit/blast-radius/revoke',
    tag: 'Audit',
    summary: 'End the sessions that came from an address or belong to an account, and their refresh tokens',
    description:
      'Takes what `GET /audit/blast-radius` takes, page by page: repeat it with `cursor` until `next` is `null`. `ended` counts those that this call ended, so a second time it is 0. Your own session is kept, and counted in `kept`.',
    body: RadiusQuery,
    guards: context.guards.elevatedAdmin,
    responses: { 200: EndedSessions },
    problems: ['VALIDATION_FAILED', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ body }, request) => {
    const { accountId: actor, sessionId: except } = sessionOf(request)
    return radiusPage(context, body, (page) =>
      context.answer(endSessions(context, page, { because: 'revoked_by_admin', actor, except })(context.callerOf(request)), (done) => ({
        status: 200 as const,
        body: { ...done, next: nextCursor(context, 'radius_cursor', page.next) },
      })),
    )
  })
}
