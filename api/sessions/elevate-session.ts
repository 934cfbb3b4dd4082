import * as t from 'io-ts'
import { elevateSession } from '../../application/sessions/elevate-session.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { presentedToken } from '../http/session-token.ts'
import { Password } from '../shapes/credentials.ts'
import { Code } from '../shapes/second-factor.ts'
import { cookieFor } from '../shapes/session.ts'

/** The new token goes back the way the old one came: as a cookie, or in the body for a Bearer client. */
export function elevateSessionRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/session/elevate',
    tag: 'Sessions',
    summary: 'Give a code, or without a second factor the password; the token is replaced',
    body: t.union([strictObject({ code: Code }), strictObject({ password: Password })]),
    guards: context.guards.session,
    answers: { 200: strictObject({ elevatedUntil: time }, { token: t.string }) },
    problems: ['INVALID_CREDENTIALS', 'SECOND_FACTOR_FAILED', 'NOT_ENROLLED', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body: proof }, request) => {
    const presented = presentedToken(request.headers)
    if (presented.type !== 'token') throw new Error('a guarded route has a token')
    const { sessionId, accountId } = sessionOf(request)
    const elevation = { sessionId, accountId, presented: context.crypto.tokens.hash(presented.token), proof }
    return context.answer(elevateSession(context)(elevation, context.callerOf(request)), (elevated) => {
      const body = { elevatedUntil: elevated.session.elevatedUntil ?? instant(0) }
      return presented.by === 'cookie'
        ? ({ status: 200, body, cookie: cookieFor(elevated, context.journal.now()) } as const)
        : ({ status: 200, body: { ...body, token: elevated.token } } as const)
    })
  })
}
