import { left, right } from 'fp-ts/lib/Either.js'
import type { BlindIndex } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { EmailChangeRequested, EmailReplaced } from './events.ts'
import { mayMailAgain } from './reset-policy.ts'
import { type BoundSession, linksVoidedAt, type Registered, survives } from './state.ts'

/** `voidedAt`: of the links of the account when this one was mailed. */
export type EmailCommand =
  | { type: 'requestEmailChange'; by: BoundSession; at: Instant }
  | { type: 'replaceEmail'; emailIndex: BlindIndex; email: Sealed; voidedAt: number; at: Instant }

export function mayReplaceEmail(state: Registered, voidedAt: number) {
  return state.type === 'active' && voidedAt === linksVoidedAt(state)
}

/** A change that was refused once is refused for ever, so whoever sees it may release the address that was claimed for it. */
export function decideEmail(command: EmailCommand, state: Registered) {
  const { at } = command
  if (command.type === 'requestEmailChange') {
    if (!survives(state, command.by)) return left({ type: 'session_ended' as const })
    return right(mayMailAgain(state.emailChangeRequestedAt, at) ? [EmailChangeRequested({ at })] : [])
  }
  if (!mayReplaceEmail(state, command.voidedAt)) return left({ type: 'email_change_outdated' as const })
  const { emailIndex, email } = command
  return right([EmailReplaced({ emailIndex, email, replacedIndex: state.emailIndex, replacedEmail: state.email, at })])
}
