import { left, right } from 'fp-ts/lib/Either.js'
import type { BlindIndex } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { EmailChangeRequested, EmailReplaced } from './events.ts'
import { mayMailAgain } from './reset-policy.ts'
import { type BoundSession, linksRevisionOf, type Registered, survives } from './state.ts'

/** `linksRevision`: as it was when the link was mailed. */
export type EmailCommand =
  | { type: 'requestEmailChange'; by: BoundSession; at: Instant }
  | { type: 'replaceEmail'; emailIndex: BlindIndex; email: Sealed; emailVerified: boolean; linksRevision: number; at: Instant }

export function mayReplaceEmail(state: Registered, linksRevision: number) {
  return state.type === 'active' && linksRevision === linksRevisionOf(state)
}

/** A change that was refused once is refused for ever, so whoever sees it may release the address that was claimed for it. */
export function decideEmail(command: EmailCommand, state: Registered) {
  const { at } = command
  if (command.type === 'requestEmailChange') {
    if (!survives(state, command.by)) return left({ type: 'session_ended' as const })
    return right(mayMailAgain(state.emailChangeRequestedAt, at) ? [EmailChangeRequested({ at })] : [])
  }
  if (!mayReplaceEmail(state, command.linksRevision)) return left({ type: 'email_change_outdated' as const })
  const { emailIndex, email, emailVerified } = command
  return right([EmailReplaced({ emailIndex, email, emailVerified, replacedIndex: state.emailIndex, replacedEmail: state.email, at })])
}
