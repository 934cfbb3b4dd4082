import type { AttemptId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CodePurpose, SecondFactorEvent, TotpSecret } from './events.ts'
import { fresh, type Recovery, spend } from './recovery-codes.ts'
import { sentAndUsed, sentAnother } from './send-policy.ts'

type Enrollment = { readonly secret: TotpSecret; readonly recovery: Recovery }

/** `since`: the revision of the last change to the factor or its recovery codes. Older challenges are void. */
export type Factor =
  | { readonly type: 'none' }
  | ({ readonly type: 'active'; readonly since: number; readonly confirmedAt: Instant; readonly lastStep: number } & Enrollment)

/** `failures` includes codes that are not settled yet. */
type Entry = { readonly type: 'open'; readonly failures: number } | { readonly type: 'locked'; readonly until: Instant }

export type State = {
  readonly revision: number
  readonly factor: Factor
  readonly enrollment: Enrollment | null
  readonly entry: Entry
  readonly pending: ReadonlyMap<AttemptId, CodePurpose>
  /** Not used yet, oldest first. */
  readonly sent: readonly Instant[]
}

export const initialSecondFactor: State = {
  revision: -1,
  factor: { type: 'none' },
  enrollment: null,
  entry: { type: 'open', failures: 0 },
  pending: new Map(),
  sent: [],
}

/** The factor changed while a code was checked: the code is never settled and stays a failure. */
const none: State['pending'] = new Map()

const settled = (state: State, id: AttemptId, right: boolean): State => ({
  ...state,
  pending: new Map([...state.pending].filter(([other]) => other !== id)),
  entry: right && state.entry.type === 'open' ? { type: 'open', failures: 0 } : state.entry,
  sent: right ? sentAndUsed(state.sent) : state.sent,
})

const apply = (state: State, event: SecondFactorEvent): State => {
  const { revision, factor } = state
  switch (event.type) {
    case 'TotpEnrollmentStarted':
      return { ...state, pending: none, enrollment: { secret: event.data.secret, recovery: fresh(event.data.recoveryCodes) } }
    case 'TotpEnrollmentVoided':
      return { ...state, pending: none, enrollment: null }
    case 'TotpEnrollmentConfirmed': {
      const { timeStep: step, at, attemptId } = event.data
      const confirmed = settled(state, attemptId, true)
      if (state.enrollment === null) return confirmed
      return {
        ...confirmed,
        enrollment: null,
        factor: { type: 'active', since: revision, confirmedAt: at, lastStep: step, ...state.enrollment },
      }
    }
    case 'CodeSent':
      return { ...state, sent: sentAnother(state.sent, event.data.at) }
    case 'CodeAttempted': {
      const failures = state.entry.type === 'open' ? state.entry.failures + 1 : 1
      return {
        ...state,
        entry: { type: 'open', failures },
        pending: new Map([...state.pending, [event.data.attemptId, event.data.purpose]]),
      }
    }
    case 'CodeAccepted': {
      const accepted = settled(state, event.data.attemptId, true)
      return factor.type === 'active' ? { ...accepted, factor: { ...factor, lastStep: event.data.timeStep } } : accepted
    }
    case 'RecoveryCodeUsed': {
      const accepted = settled(state, event.data.attemptId, true)
      return factor.type === 'active'
        ? { ...accepted, factor: { ...factor, recovery: spend(factor.recovery, event.data.number) } }
        : accepted
    }
    case 'CodeRejected':
      return settled(state, event.data.attemptId, false)
    case 'CodeEntryLocked':
      return { ...state, entry: { type: 'locked', until: event.data.until } }
    case 'RecoveryCodesIssued':
      return factor.type === 'active'
        ? { ...state, pending: none, factor: { ...factor, since: revision, recovery: fresh(event.data.recoveryCodes) } }
        : state
    case 'SecondFactorRemoved':
      return { ...state, pending: none, factor: { type: 'none' }, enrollment: null }
  }
}

export function evolveSecondFactor(state: State, event: SecondFactorEvent): State {
  return apply({ ...state, revision: state.revision + 1 }, event)
}
