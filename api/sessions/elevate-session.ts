import * as t from 'io-ts'
import { elevateSession } from '../../application/sessions/elevate-session.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { authenticationOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { OwnerProof } from '../shapes/owner-proof.ts'
import { cookieFor } from '../shapes/session.ts'

export function elevateSessionRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/session/elevate',
    tag: 'Sessions',
    summary: 'Elevate the session with a code, or with the password or a key if no second factor is enrolled; replaces the token',
    body: OwnerProof,
    guards: context.guards.session,
    responses: { 200: strictObject({ elevatedUntil: time }, { token: t.string }) },
    problems: [
      'INVALID_CREDENTIALS',
      'SECOND_FACTOR_FAILED',
      'NOT_ENROLLED',
      'RECOVERY_CODE_REQUIRED',
      'LOCKED_OUT',
      'OVERLOADED',
      'STORE_UNAVAILABLE',
    ],
    limit: 'password',
  })(({ body: proof }, request) => {
    const { session, tokenHash, transport } = authenticationOf(request)
    const { sessionId, accountId } = session
    const elevation = { sessionId, accountId, presented: tokenHash, proof }
    return context.answer(elevateSession(context)(elevation, context.callerOf(request)), (elevated) => {
      request.returnPlace?.(accountId)
      const body = { elevatedUntil: elevated.session.elevatedUntil ?? instant(0) }
      return transport === 'cookie'
        ? ({ status: 200, body, cookie: cookieFor(elevated, context.journal.now()) } as const)
        : ({ status: 200, body: { ...body, token: elevated.token } } as const)
    })
  })
}
