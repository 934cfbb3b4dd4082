import { acceptInvitation } from '../../application/accounts/accept-invitation.ts'
import { text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Password, transport } from '../shapes/credentials.ts'
import { LoginOutcomeAnswer, loginOutcomeAnswer } from '../shapes/session.ts'

const InvitationConfirmation = strictObject({ token: text(1, 2048), password: Password }, transport)

export function acceptInvitationRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/invitation/confirm',
    tag: 'Accounts',
    summary: 'Accept an invitation with the mailed token and a password, and log in',
    body: InvitationConfirmation,
    responses: { 200: LoginOutcomeAnswer },
    problems: ['INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'OVERLOADED', 'STORE_UNAVAILABLE'],
    limit: 'password',
    cookie: 'by_transport',
  })(({ body: { transport = 'cookie', ...presented } }, request) => {
    const accepted = acceptInvitation(context)({ ...presented, transport }, context.callerOf(request))
    return context.answer(
      accepted,
      (outcome) => ({ status: 200, ...loginOutcomeAnswer(outcome, transport, context.journal.now()) }) as const,
    )
  })
}
