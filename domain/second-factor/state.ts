import { evolveCodeEntry, initialCodeEntry, withoutPending } from './code-entry.ts'
import type { SecondFactorEvent } from './events.ts'
import type { Enrollment, Factor, State } from './factor.ts'
import { fresh, spend, spendAll } from './recovery-codes.ts'
import { sentAndUsed, sentAnother } from './send-policy.ts'
import { fromSecondFactorSummary } from './summary.ts'

export type { State } from './factor.ts'

export const initialSecondFactor: State = {
  revision: -1,
  factor: { type: 'none' },
  enrollment: null,
  entry: initialCodeEntry,
  sent: [],
}

const started = ({ data }: Extract<SecondFactorEvent, { type: 'TotpEnrollmentStarted' }>): Enrollment => {
  const { secret, recoveryCodes, accountRevision, sessionId, at } = data
  return { secret, recovery: fresh(recoveryCodes), accountRevision, sessionId, startedAt: at }
}

const confirmed = (state: State, { data: { timeStep, at } }: Extract<SecondFactorEvent, { type: 'TotpEnrollmentConfirmed' }>): State => {
  if (state.enrollment === null) return state
  const { secret, recovery } = state.enrollment
  const factor: Factor = { type: 'active', since: state.revision, confirmedAt: at, lastStep: timeStep, secret, recovery }
  return { ...state, entry: withoutPending(state.entry), enrollment: null, factor }
}

const change = (state: State, event: SecondFactorEvent): State => {
  const { revision, factor } = state
  const none = withoutPending(state.entry)
  switch (event.type) {
    case 'TotpEnrollmentStarted':
      return { ...state, entry: none, enrollment: started(event) }
    case 'TotpEnrollmentVoided':
      return { ...state, entry: none, enrollment: null }
    case 'TotpEnrollmentConfirmed':
      return confirmed({ ...state, sent: sentAndUsed(state.sent) }, event)
    case 'TotpImported': {
      const { secret, recoveryCodes, at } = event.data
      const factor: Factor = { type: 'active', since: revision, confirmedAt: at, lastStep: 0, secret, recovery: fresh(recoveryCodes) }
      return { ...state, entry: none, enrollment: null, factor }
    }
    case 'CodeSent':
      return { ...state, sent: sentAnother(state.sent, event.data) }
    case 'CodeAccepted': {
      const used = { ...state, sent: sentAndUsed(state.sent) }
      return factor.type === 'active' ? { ...used, factor: { ...factor, lastStep: event.data.timeStep } } : used
    }
    case 'RecoveryCodeUsed': {
      const used = { ...state, sent: sentAndUsed(state.sent) }
      return factor.type === 'active' ? { ...used, factor: { ...factor, recovery: spend(factor.recovery, event.data.number) } } : used
    }
    case 'RecoveryCodesIssued':
      if (factor.type !== 'active') return state
      return { ...state, entry: none, factor: { ...factor, since: revision, recovery: fresh(event.data.recoveryCodes) } }
    case 'SecondFactorRemoved':
      return { ...state, entry: none, factor: { type: 'none' }, enrollment: null }
    case 'CodesVoided': {
      const voided = { ...state, entry: none, enrollment: null, sent: [] }
      if (factor.type !== 'active') return voided
      const lastStep = Math.max(factor.lastStep, event.data.timeStep)
      return { ...voided, factor: { ...factor, since: revision, lastStep, recovery: spendAll(factor.recovery) } }
    }
    case 'CodeAttempted':
    case 'CodeRejected':
    case 'CodeEntryLocked':
    case 'CodeEntryUnlocked':
    case 'SecondFactorSummarized':
      return state
  }
}

export function evolveSecondFactor(state: State, event: SecondFactorEvent): State {
  if (event.type === 'SecondFactorSummarized') return fromSecondFactorSummary(event.data)
  return change({ ...state, revision: state.revision + 1, entry: evolveCodeEntry(state.entry, event) }, event)
}
