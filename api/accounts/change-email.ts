import * as t from 'io-ts'
import { confirmEmailChange } from '../../application/accounts/confirm-email-change.ts'
import { mailEmailChange, requestEmailChange } from '../../application/accounts/request-email-change.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Email } from '../shapes/credentials.ts'
import { proofFields } from '../shapes/owner-proof.ts'

const EmailChange = t.union([
  strictObject({ email: Email, ...proofFields.code }),
  strictObject({ email: Email, ...proofFields.password }),
  strictObject({ email: Email, ...proofFields.identity }),
  strictObject({ email: Email }),
])

const EmailConfirmation = strictObject({ token: text(1, 2048) })

type Proved = t.TypeOf<typeof EmailChange>

const proofIn = (body: Proved) => {
  if ('code' in body) return { code: body.code }
  if ('password' in body) return { password: body.password }
  return 'identity' in body ? { identity: body.identity } : null
}

export function requestEmailChangeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/email',
    tag: 'Accounts',
    summary: 'Request a change of the email address; a link is mailed to the new one',
    description:
      'Takes a code, or the password or a key if no second factor is enrolled; neither in an elevated session. The response is always 202, whether or not the address is taken.',
    body: EmailChange,
    guards: context.guards.session,
    responses: { 202: null },
    problems: [
      'INVALID_CREDENTIALS',
      'SECOND_FACTOR_FAILED',
      'ELEVATION_REQUIRED',
      'NOT_ENROLLED',
      'RECOVERY_CODE_REQUIRED',
      'LOCKED_OUT',
      'OVERLOADED',
      'STORE_UNAVAILABLE',
    ],
    limit: 'password',
  })(({ body }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    const caller = context.callerOf(request)
    const proof = proofIn(body)
    return context.answer(requestEmailChange(context)({ accountId, sessionId, proof }, caller), (account) => {
      if (proof !== null) request.returnPlace?.(accountId)
      context.inBackground(mailEmailChange(context)(account, body.email, caller))
      return { status: 202 as const }
    })
  })
}

export function confirmEmailChangeRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/email/confirm',
    tag: 'Accounts',
    summary: 'Replace the email address with the mailed token; sessions stay',
    body: EmailConfirmation,
    responses: { 204: null },
    problems: ['INVALID_CREDENTIALS', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body: { token } }, request) => context.answer(confirmEmailChange(context)(token, context.callerOf(request)), status(204)))
}
