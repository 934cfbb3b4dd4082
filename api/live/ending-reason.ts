import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { RevocationReason } from '../../domain/session/events.ts'

/**
 * `not_active`: it had ended before, or never was. `not_known`: Gatebook is closing, or this node does not know whether the session goes on,
 * so nobody may rely on it.
 */
export type SessionEndReason =
  | RevocationReason
  | 'logged_out_everywhere'
  | 'log_restored'
  | 'password_changed'
  | 'password_reset'
  | 'password_set'
  | 'second_factor_enrolled'
  | 'second_factor_removed'
  | 'key_unlinked'
  | 'key_replaced'
  | 'invitation_accepted'
  | 'account_disabled'
  | 'account_erased'
  | 'expired'
  | 'not_active'
  | 'not_known'

export type SessionEnd = { readonly sessionId: string; readonly reason: SessionEndReason; readonly at: Date }

const kept = (data: { readonly keptSessionId: string | null }, sessionId: string, reason: SessionEndReason) =>
  data.keptSessionId === sessionId ? null : reason

/** Why an event of the session or of its account ends it; null if it does not. */
export function endingReason({ type, data }: Pick<RecordedEvent, 'type' | 'data'>, sessionId: string): SessionEndReason | null {
  const event = { type, data } as Pick<DomainEvent, 'type' | 'data'> as DomainEvent
  switch (event.type) {
    case 'SessionRevoked':
    case 'AllSessionsRevoked':
      return event.data.because
    case 'OtherSessionsRevoked':
      return kept(event.data, sessionId, event.data.because)
    case 'PasswordReplaced':
      return kept(event.data, sessionId, `password_${event.data.because}`)
    case 'IdentityUnlinked':
      return kept(event.data, sessionId, 'key_unlinked')
    case 'KeyRotationCompleted':
      return 'key_replaced'
    case 'InvitationAccepted':
      return 'invitation_accepted'
    case 'AccountDisabled':
      return 'account_disabled'
    case 'AccountErased':
      return 'account_erased'
    default:
      return null
  }
}
