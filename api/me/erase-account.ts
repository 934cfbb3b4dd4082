import { eraseOwnAccount } from '../../application/accounts/erase-own-account.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { clearDeviceCookie } from '../http/cookies/device-cookie.ts'
import { clearSessionCookie } from '../http/cookies/session-cookie.ts'
import { defineRoute } from '../http/route.ts'
import { OwnerProof } from '../shapes/owner-proof.ts'

export function eraseOwnAccountRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/me',
    tag: 'Privacy',
    summary: 'Erase your own account, with a code, or with the password or a key if no second factor is enrolled',
    description:
      'Ends every session and deletes the data key of the account: nothing personal can be read afterwards, and nothing brings it back.',
    body: OwnerProof,
    guards: context.guards.session,
    responses: { 204: null },
    problems: [
      'INVALID_CREDENTIALS',
      'SECOND_FACTOR_FAILED',
      'NOT_ENROLLED',
      'RECOVERY_CODE_REQUIRED',
      'LAST_ADMINISTRATOR',
      'LOCKED_OUT',
      'OVERLOADED',
      'STORE_UNAVAILABLE',
    ],
    limit: 'password',
  })(({ body: proof }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    return context.answer(eraseOwnAccount(context)({ accountId, sessionId, proof }, context.callerOf(request)), (sendNotice) => {
      request.returnPlace?.(accountId)
      context.inBackground(sendNotice)
      return { status: 204, cookie: [clearSessionCookie, clearDeviceCookie] } as const
    })
  })
}
