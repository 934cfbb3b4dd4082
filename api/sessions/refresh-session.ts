import * as t from 'io-ts'
import { refreshSession } from '../../application/sessions/refresh-session.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { SessionAnswer, sessionAnswer } from '../shapes/session.ts'

export function refreshSessionRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/session/refresh',
    tag: 'Sessions',
    summary: 'Exchange a refresh token for a new token and refresh token',
    description: 'Invalidates the old ones at once and ends an elevation. Reuse of a refresh token ends the session.',
    body: strictObject({ refreshToken: text(1, 256) }),
    responses: { 200: strictObject({ token: t.string, refreshToken: t.string, session: SessionAnswer }) },
    problems: ['SESSION_REQUIRED', 'STORE_UNAVAILABLE'],
  })(({ body }, request) =>
    context.answer(
      refreshSession(context)(body.refreshToken, context.callerOf(request)),
      ({ token, refreshToken, session }) => ({ status: 200, body: { token, refreshToken, session: sessionAnswer(session) } }) as const,
    ),
  )
}
