import { unrecordedAttempt } from '../kernel/ids.ts'
import type { Command, Found } from './decider.ts'
import type { SecondFactorEvent } from './events.ts'
import type { State } from './factor.ts'

type Settled = Extract<SecondFactorEvent, { type: 'CodeAccepted' | 'RecoveryCodeUsed' | 'TotpEnrollmentConfirmed' | 'CodeRejected' }>

/** Whether codes are delivered is not recorded: a right one was sent. */
const settlement = ({ data: { attemptId, at } }: Settled, found: Found): Command => {
  return { type: 'settle', attemptId, found, areDelivered: false, at }
}

/** What began before the sessions ended would have been refused, so the enrollment was as new as the account. */
const revisionOf = ({ enrollment }: State) => enrollment?.accountRevision ?? 0

/** The command that led to what `events` begins with. Whether a recovery code was entered is not recorded; only when code entry ended would it matter. */
export function secondFactorCommand(state: State, [event, next]: readonly SecondFactorEvent[]): Command | null {
  switch (event?.type) {
    case 'TotpEnrollmentStarted': {
      const sends = next?.type === 'CodeSent' && next.data.at === event.data.at ? next.data.timeStep : null
      return { type: 'enroll', ...event.data, sends, replaces: state.factor.type === 'active' }
    }
    case 'TotpImported':
      return { type: 'import', ...event.data }
    case 'CodeSent':
      return { type: 'send', ...event.data }
    case 'CodeAttempted':
      return { type: 'attempt', ...event.data, isRecoveryCode: true, accountRevision: revisionOf(state) }
    case 'CodeEntryLocked': {
      const purpose = state.factor.type === 'active' ? 'login' : 'confirmation'
      const attempted = { attemptId: unrecordedAttempt, sessionId: null, isRecoveryCode: true, accountRevision: revisionOf(state) }
      return { type: 'attempt', purpose, ...attempted, at: event.data.at }
    }
    case 'CodeAccepted':
    case 'TotpEnrollmentConfirmed':
      return settlement(event, { type: 'step', step: event.data.timeStep })
    case 'RecoveryCodeUsed':
      return settlement(event, { type: 'recovery_code', number: event.data.number })
    case 'CodeRejected':
      return settlement(event, { type: 'nothing' })
    case 'CodeEntryUnlocked':
      return { type: 'unlock', ...event.data }
    case 'RecoveryCodesIssued':
      return { type: 'issueRecoveryCodes', ...event.data }
    case 'CodesVoided':
      return { type: 'voidCodes', timeStep: event.data.timeStep, at: event.data.at }
    case 'TotpEnrollmentVoided':
      return { type: 'remove', because: event.data.because, at: event.data.at }
    case 'SecondFactorRemoved':
      return event.data.because === 'last_recovery_code_used' ? null : { type: 'remove', because: event.data.because, at: event.data.at }
    default:
      return null
  }
}
