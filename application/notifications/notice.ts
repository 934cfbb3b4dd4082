import type { DomainEvent } from '../../domain/catalogue.ts'
import type { Letter } from './letters.ts'
import { letters } from './letters.ts'

/** What the owner of the account is told of an event by mail, because somebody else may have caused it; null for most events. */
export function noticeOf(event: DomainEvent): Letter | null {
  const { data } = event
  const at = 'at' in data ? data.at : null
  if (at === null) return null
  switch (event.type) {
    case 'PasswordReplaced':
      return letters.passwordChanged(at)
    case 'EmailChangeRequested':
      return letters.emailChangeRequested(at)
    case 'EmailReplaced':
      return event.data.emailIndex === event.data.replacedIndex ? null : letters.emailReplaced(at)
    case 'TotpEnrollmentStarted':
      return letters.enrollmentStarted(at)
    case 'TotpEnrollmentConfirmed':
      return letters.secondFactorAdded(at)
    case 'SecondFactorRemoved':
      return letters.secondFactorRemoved(at)
    case 'RecoveryCodesIssued':
      return letters.recoveryCodesReplaced(at)
    case 'RecoveryCodeUsed':
      return letters.recoveryCodeUsed(at)
    case 'CodeEntryLocked':
      return event.data.consecutiveLocks === 1 ? letters.codeEntryLocked(at) : null
    case 'LoginLocked':
      return letters.lockedOut(at, event.data.until)
    case 'PasswordAccepted':
      return event.data.rejectedBefore > 0 ? letters.loginAfterFailures(at, event.data.rejectedBefore) : null
    case 'RefreshTokenReuseDetected':
      return letters.refreshTokenReused(at)
    case 'DeviceRemembered':
      return event.data.isFirst ? null : letters.newDevice(at)
    case 'RoleGranted':
    case 'AdministratorAdded':
      return letters.roleGranted(at)
    default:
      return null
  }
}

/** The events of one append that the owner is told of. The roles of an account that is just being created are no news. */
export function notableEvents(events: readonly DomainEvent[]): readonly DomainEvent[] {
  return events.some(({ type }) => type === 'AccountCreated') ? [] : events.filter((event) => noticeOf(event) !== null)
}
