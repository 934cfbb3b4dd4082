import type { DomainEvent } from '../../domain/catalogue.ts'
import { AccountId, type Actor } from '../../domain/kernel/ids.ts'
import { typeBefore } from './type-before.ts'
import { describeRead, describeRefusals } from './words/describe-access.ts'
import { describeGuesses } from './words/describe-guesses.ts'
import { describeKeyEvent, isKeyEvent } from './words/describe-key-event.ts'
import { describeLock } from './words/describe-lock.ts'
import { describePolicy } from './words/describe-policy.ts'
import { challenges, changed, codePurposes, reasons, reauthentications, removals, voided } from './words/reasons-in-words.ts'
import { timeText } from './words/time-text.ts'

/** Administrators choose names: nothing in them may steer a terminal or end a line. */
const quoted = (name: string) =>
  JSON.stringify(name).replace(/[\p{C}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)

type Kind<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>['data']

const describeAttempt = ({ accountId, deviceId }: Kind<'LoginAttempted'>) =>
  `Password entered${accountId === null ? ' for an unknown address' : ''}${deviceId === null ? '' : ' on a known device'}`

const describeReplacement = ({ emailIndex, replacedIndex }: Kind<'EmailReplaced'>) =>
  emailIndex === replacedIndex ? 'Email address confirmed' : 'Email address replaced'

const whom = (actor: Actor) => (AccountId.is(actor) ? 'an administrator' : 'the application')

export function describeEvent(event: DomainEvent): string {
  if (isKeyEvent(event)) return describeKeyEvent(event)
  switch (event.type) {
    case 'AccountRegistered':
      return 'Account registered'
    case 'ProfileRecorded':
      return 'Fields of the registration recorded'
    case 'AccountCreated':
      return event.data.isInvited
        ? `Account created by ${whom(event.data.by)}, without a password: ${event.data.by}`
        : `Account created by ${whom(event.data.by)}: ${event.data.by}`
    case 'InvitationMailed':
      return `Invitation mailed for ${whom(event.data.by)}: ${event.data.by}`
    case 'InvitationAccepted':
      return 'Invitation accepted: password chosen'
    case 'RegistrationAbandoned':
      return 'Registration abandoned before it was finished'
    case 'PasswordReplaced': {
      const others = event.data.keptSessionId === null ? 'all sessions ended' : 'all other sessions ended'
      return `Password ${event.data.because}; ${others}`
    }
    case 'PasswordChangeRequired':
      return 'Password must be changed at the next login'
    case 'PasswordRehashed':
      return "Password hash renewed at today's cost"
    case 'RoleGranted':
      return `Role ${quoted(event.data.role)} granted`
    case 'RoleWithdrawn':
      return `Role ${quoted(event.data.role)} withdrawn`
    case 'ClaimAsserted':
      return `Claim ${quoted(event.data.name)} asserted`
    case 'ClaimRetracted':
      return `Claim ${quoted(event.data.name)} retracted`
    case 'AccountDisabled':
      return 'Account disabled; all sessions ended'
    case 'AccountEnabled':
      return 'Account enabled'
    case 'OtherSessionsRevoked':
      return `Other sessions ended (${changed[event.data.because]})`
    case 'EmailChangeRequested':
      return 'Change of the email address requested'
    case 'EmailReplaced':
      return describeReplacement(event.data)
    case 'EmailReserved':
      return 'Email address claimed for a change of address'
    case 'PasswordResetRequested':
      return 'A link to reset the password was mailed'
    case 'AllSessionsRevoked':
      return `All sessions ended (${reasons[event.data.because]})`
    case 'AccountErased':
      return `Account erased (${reasons[event.data.because]})`
    case 'DataKeyWrapped':
      return 'Data key wrapped under the master key'
    case 'EmailClaimed':
      return 'Email address claimed'
    case 'EmailReleased':
      return `Email address released (${reasons[event.data.because]})`
    case 'LoginAttempted':
      return describeAttempt(event.data)
    case 'PasswordAccepted':
      return 'Password accepted'
    case 'PasswordRejected':
      return 'Password rejected'
    case 'LoginLocked':
      return describeLock('Locked', event.data)
    case 'LoginUnlocked':
      return 'Lock lifted'
    case 'LoginAttemptsRefused':
      return `${event.data.count} attempts refused while locked, from ${timeText(event.data.from)} to ${timeText(event.data.to)}`
    case 'LoginSummarized':
      return 'State so far, summarized'
    case 'LoginPayloadErased':
    case 'SessionPayloadErased':
      return `Details erased (${typeBefore(event)})`
    case 'GuessesRefused':
      return describeGuesses(event.data)
    case 'ChallengeIssued':
      return challenges[event.data.purpose]
    case 'ChallengeAnswered':
      return 'Second step of the login done'
    case 'ChallengeVoided':
      return `Challenge void (${voided[event.data.because]})`
    case 'SetupCompleted':
      return 'Setup completed with the first administrator'
    case 'SetupReopened':
      return 'Setup opened again: the first administrator was never registered'
    case 'AdministratorAdded':
      return 'Became an administrator'
    case 'AdministratorRemoved':
      return 'No longer an administrator'
    case 'TotpEnrollmentStarted':
      return 'Enrollment of a second factor started'
    case 'TotpEnrollmentVoided':
      return `Enrollment of a second factor voided (${removals[event.data.because]})`
    case 'CodeSent':
      return 'A code was sent'
    case 'TotpEnrollmentConfirmed':
      return 'Second factor confirmed'
    case 'TotpImported':
      return 'Second factor imported'
    case 'CodeAttempted':
      return `Code entered${codePurposes[event.data.purpose]}`
    case 'CodeAccepted':
      return 'Code accepted'
    case 'RecoveryCodeUsed':
      return `Recovery code ${event.data.number} used`
    case 'CodeRejected':
      return 'Code rejected'
    case 'CodeEntryLocked':
      return describeLock('Code entry locked', event.data)
    case 'CodeEntryUnlocked':
      return 'Lock of code entry lifted'
    case 'RecoveryCodesIssued':
      return 'New recovery codes issued; the old ones are void'
    case 'SecondFactorRemoved':
      return `Second factor removed (${removals[event.data.because]})`
    case 'CodesVoided':
      return `Earlier codes and all recovery codes void (${reasons[event.data.because]})`
    case 'LogRestored':
      return `Log restored from a backup of ${timeText(event.data.backedUpAt)}; all sessions, links and recovery codes ended`
    case 'PolicyPutInForce':
      return describePolicy(event.data)
    case 'HashKindImported':
      return `Password hashes imported: ${quoted(event.data.kind)}`
    case 'SigningKeyAdded':
      return 'New signing key'
    case 'SigningKeyRetired':
      return `Signing key retired; its signatures are valid until ${timeText(event.data.verifyUntil)}`
    case 'SessionGranted':
      return `Session granted until ${timeText(event.data.expiresAt)}`
    case 'SessionExtended':
      return `Session used; expires when idle until ${timeText(event.data.idleExpiresAt)}`
    case 'RefreshTokenRotated':
      return 'Session refreshed with a new token'
    case 'RefreshTokenReuseDetected':
      return 'A refresh token was used a second time'
    case 'SessionElevated':
      return `Session elevated until ${timeText(event.data.until)}`
    case 'SessionFactorWithdrawn':
      return 'The second factor no longer counts for the session'
    case 'ReauthenticationAttempted':
      return `Password or code entered${reauthentications[event.data.purpose]}`
    case 'ReauthenticationSucceeded':
      return 'Password or code of a session accepted'
    case 'ReauthenticationFailed':
      return 'Password or code of a session rejected'
    case 'AccessTokenIssued':
      return `Access token issued until ${timeText(event.data.expiresAt)}`
    case 'DataRead':
      return describeRead(event.data)
    case 'DataExported':
      return 'Own data exported'
    case 'AuthorizationRefused':
      return describeRefusals(event.data)
    case 'DeviceRemembered':
      return event.data.isFirst ? 'First device remembered' : 'New device remembered'
    case 'DeviceRemoved':
      return event.data.because === 'removed_by_owner' ? 'Device removed by its owner' : 'Oldest device removed'
    case 'LanguageChosen':
      return 'Language of mails chosen'
    case 'ConsentGiven':
      return `Consent given: ${quoted(event.data.purpose)}, version ${quoted(event.data.version)}`
    case 'ConsentWithdrawn':
      return `Consent withdrawn: ${quoted(event.data.purpose)}, version ${quoted(event.data.version)}`
    case 'AccessSummarized':
    case 'AccountSummarized':
    case 'SessionSummarized':
    case 'SecondFactorSummarized':
    case 'ConsentsSummarized':
    case 'DevicesSummarized':
    case 'EmailClaimSummarized':
    case 'IdentitySummarized':
      return 'State so far, summarized'
    case 'SessionRevoked':
      return `Session ended (${reasons[event.data.because]})`
  }
}
