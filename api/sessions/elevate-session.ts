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
import { cookieFor } from './session-answer.ts'

/** The new token goes back the way the old one came: as a cookie, or in the body for a Bearer client. */
export const elevateSessionRoute = (context: Context) =>
  defineRoute({
    method: 'POST',
    url: '/session/elevate',
    tag: 'Sessions',
    summary: 'Prove the password again; the token is replaced',
    body: exact({ password: Password }),
    guards: context.guards.session,
    answers: { 200: exact({ elevatedUntil: time }, { token: t.string }) },
    problems: ['INVALID_CREDENTIALS', 'LOCKED_OUT', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body: { password } }, request) => {
    const presented = presentedToken(request.headers)
    if (presented.is !== 'token') throw new Error('a guarded route has a token')
    const elevation = { sessionId: sessionOf(request).sessionId, presented: context.tokens.hash(presented.token), password }
    return answering(context.now)(elevateSession(context)(elevation, context.callerOf(request)), (elevated) => {
      const body = { elevatedUntil: elevated.session.elevatedUntil ?? instant(0) }
      return presented.by === 'cookie'
        ? ({ status: 200, body, cookie: cookieFor(elevated, context.now()) } as const)
        : ({ status: 200, body: { ...body, token: elevated.token } } as const)
    })
  })
