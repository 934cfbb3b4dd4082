import { left, right } from 'fp-ts/lib/Either.js'
import type { Actor } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { InvitationAccepted, InvitationMailed } from './events.ts'
import { canLogIn, linksRevisionOf, type Registered } from './state.ts'

/** `linksRevision`: as it was when the link was mailed. */
export type InvitationCommand =
  | { type: 'recordInvitation'; by: Actor; at: Instant }
  | { type: 'acceptInvitation'; passwordHash: Sealed; linksRevision: number; at: Instant }

export function decideInvitation(command: InvitationCommand, state: Registered) {
  const { at } = command
  const isInvited = state.type === 'active' && !canLogIn(state)
  if (command.type === 'recordInvitation') return right(isInvited ? [InvitationMailed({ by: command.by, at })] : [])
  const { passwordHash, linksRevision } = command
  if (!isInvited || linksRevision !== linksRevisionOf(state)) return left({ type: 'password_outdated' as const })
  return right([InvitationAccepted({ passwordHash, at })])
}
