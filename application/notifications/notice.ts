import type { DomainEvent } from '../../domain/catalogue.ts'
import type { MailMessage } from './texts/mail-texts.ts'

/** What the owner of the account is told of an event by mail, because somebody else may have caused it; null for most events. */
export function noticeOf(event: DomainEvent): MailMessage | null {
  const { data } = event
  if (!('at' in data)) return null
  const at = new Date(data.at)
  switch (event.type) {
    case 'PasswordReplaced':
      return { kind: 'passwordChanged', content: { at } }
    case 'IdentityLinked':
      return { kind: 'keyAdded', content: { at } }
    case 'IdentityUnlinked':
      return { kind: 'keyRemoved', content: { at } }
    case 'KeyRotationProposed':
      return { kind: 'keyRotationProposed', content: { at, deadline: new Date(event.data.deadline) } }
    case 'EmailChangeRequested':
      return { kind: 'emailChangeRequested', content: { at } }
    case 'EmailReplaced':
      return event.data.emailIndex === event.data.replacedIndex ? null : { kind: 'emailReplaced', content: { at } }
    case 'TotpEnrollmentStarted':
      return { kind: 'enrollmentStarted', content: { at } }
    case 'TotpEnrollmentConfirmed':
      return { kind: 'secondFactorAdded', content: { at } }
    case 'SecondFactorRemoved':
      return { kind: 'secondFactorRemoved', content: { at } }
    case 'RecoveryCodesIssued':
      return { kind: 'recoveryCodesReplaced', content: { at } }
    case 'RecoveryCodeUsed':
      return { kind: 'recoveryCodeUsed', content: { at } }
    case 'CodeEntryLocked':
      return event.data.consecutiveLocks === 1 ? { kind: 'codeEntryLocked', content: { at } } : null
    case 'LoginLocked':
      return { kind: 'lockedOut', content: { at, until: new Date(event.data.until) } }
    case 'PasswordAccepted':
    case 'SignatureAccepted':
      return event.data.rejectedBefore > 0 ? { kind: 'loginAfterFailures', content: { at, failures: event.data.rejectedBefore } } : null
    case 'RefreshTokenReuseDetected':
      return { kind: 'refreshTokenReused', content: { at } }
    case 'DeviceRemembered':
      return event.data.isFirst ? null : { kind: 'newDevice', content: { at } }
    case 'RoleGranted':
    case 'AdministratorAdded':
      return { kind: 'roleGranted', content: { at } }
    default:
      return null
  }
}

/** The events of one append that the owner is told of. The roles of an account that is just being created are no news. */
export function notableEvents(events: readonly DomainEvent[]): readonly DomainEvent[] {
  return events.some(({ type }) => type === 'AccountCreated') ? [] : events.filter((event) => noticeOf(event) !== null)
}
