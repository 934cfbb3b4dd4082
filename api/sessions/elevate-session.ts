import * as t from 'io-ts'
import { elevateSession } from '../../application/elevate-session.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { Password } from '../accounts/credentials.ts'
import type { Context } from '../context.ts'
import { time } from '../edge/codecs.ts'
import { exact } from '../edge/exact.ts'
import { defineRoute } from '../edge/route.ts'
import { presentedToken } from '../edge/session-token.ts'
import { sessionOf } from '../guards/live-session.ts'
import { answering } from '../refusals.ts'
import { Code } from '../totp/shapes.ts'
import { cookieFor } from './session-answer.ts'

/** The new token goes back the way the old one came: as a cookie, or in the body for a Bearer client. */
export const elevateSessionRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/session/elevate',
    tag: 'Sessions',
    summary: 'Give a code, or without a second factor the password; the token is replaced',
    body: t.union([exact({ code: Code }), exact({ password: Password })]),
    guards: context.guards.session,
    answers: { 200: exact({ elevatedUntil: time }, { token: t.string }) },
    problems: ['INVALID_CREDENTIALS', 'SECOND_FACTOR_FAILED', 'NOT_ENROLLED', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body: proof }, request) => {
    const presented = presentedToken(request.headers)
    if (presented.is !== 'token') throw new Error('a guarded route has a token')
    const { sessionId, accountId } = sessionOf(request)
    const elevation = { sessionId, presented: context.tokens.hash(presented.token), proof }
    return answering(context.now)(elevateSession(context)(elevation, accountId, context.callerOf(request)), (elevated) => {
      const body = { elevatedUntil: elevated.session.elevatedUntil ?? instant(0) }
      return presented.by === 'cookie'
        ? ({ status: 200, body, cookie: cookieFor(elevated, context.now()) } as const)
        : ({ status: 200, body: { ...body, token: elevated.token } } as const)
    })
  })
