import type { RecoveryCodeSet, SecondFactorEvent, TotpSecret } from '../../../domain/second-factor/events.ts'

type Type = SecondFactorEvent['type']

const last = (log: readonly SecondFactorEvent[], ...types: readonly Type[]) => log.findLastIndex(({ type }) => types.includes(type))

export const isSuccess = ({ type }: SecondFactorEvent) =>
  type === 'CodeAccepted' || type === 'RecoveryCodeUsed' || type === 'TotpEnrollmentConfirmed'

/** The last lock without an attempt or an unlock after it, taken from the events without folding. */
export const standingLock = (log: readonly SecondFactorEvent[]) => {
  const event = log[last(log, 'CodeEntryLocked', 'CodeEntryUnlocked', 'CodeAttempted')]
  return event?.type === 'CodeEntryLocked' ? event : null
}

const voidsCodes = new Set<Type>([
  'TotpEnrollmentStarted',
  'TotpEnrollmentVoided',
  'TotpEnrollmentConfirmed',
  'RecoveryCodesIssued',
  'SecondFactorRemoved',
])

/** Codes that failed since the last lock or right code, and those that are being checked. */
export const budgetIn = (log: readonly SecondFactorEvent[]) => {
  let failures = 0
  const pending = new Set<string>()
  log.forEach((event, index) => {
    if (event.type === 'CodeAttempted') pending.add(event.data.attemptId)
    if (event.type === 'CodeRejected') {
      pending.delete(event.data.attemptId)
      failures += 1
    }
    if (isSuccess(event) && 'attemptId' in event.data) {
      pending.delete(event.data.attemptId)
      failures = 0
    }
    if (event.type === 'CodeEntryLocked' || event.type === 'CodeEntryUnlocked') failures = 0
    // Recovery codes are only replaced where there is a factor.
    if (voidsCodes.has(event.type) && (event.type !== 'RecoveryCodesIssued' || isActive(log.slice(0, index)))) {
      failures += pending.size
      pending.clear()
    }
  })
  return { failures, pending: pending.size }
}

/** The index of the confirmation that is in force, or -1 without a second factor. */
export const confirmation = (log: readonly SecondFactorEvent[]) => {
  const confirmed = last(log, 'TotpEnrollmentConfirmed')
  return confirmed > last(log, 'SecondFactorRemoved') ? confirmed : -1
}

/** The last event that changed the factor or its recovery codes. */
export const secondFactorRevision = (log: readonly SecondFactorEvent[]) => last(log, 'TotpEnrollmentConfirmed', 'RecoveryCodesIssued')

export const isActive = (log: readonly SecondFactorEvent[]) => confirmation(log) !== -1

/** Whether an enrollment was started and neither confirmed nor voided nor removed. */
export const begunEnrolment = (log: readonly SecondFactorEvent[]) => {
  const begun = last(log, 'TotpEnrollmentStarted')
  return begun > last(log, 'TotpEnrollmentConfirmed', 'TotpEnrollmentVoided', 'SecondFactorRemoved') ? begun : -1
}

/** The secret and the set that the newest enrolment, confirmed or not, has today, and where the set stands. */
export const inForce = (log: readonly SecondFactorEvent[]): { secret: TotpSecret; set: RecoveryCodeSet; since: number } | null => {
  const begun = log[last(log, 'TotpEnrollmentStarted')]
  const since = last(log, 'TotpEnrollmentStarted', 'RecoveryCodesIssued')
  const newest = log[since]
  if (begun?.type !== 'TotpEnrollmentStarted' || newest === undefined || !('recoveryCodes' in newest.data)) return null
  return { secret: begun.data.secret, set: newest.data.recoveryCodes, since }
}

/** The numbers of the used recovery codes of the set in force, in order. */
export const spentNumbers = (log: readonly SecondFactorEvent[]) => {
  const since = inForce(log)?.since ?? 0
  return log.slice(since).flatMap((event) => (event.type === 'RecoveryCodeUsed' ? [event.data.number] : []))
}

/** The time steps accepted of the enrolment that is confirmed, its confirmation included, in order. */
export const stepsAccepted = (log: readonly SecondFactorEvent[]) =>
  log
    .slice(Math.max(0, confirmation(log)))
    .flatMap((event) => (event.type === 'CodeAccepted' || event.type === 'TotpEnrollmentConfirmed' ? [event.data.timeStep] : []))

type Moment<T extends Type> = {
  readonly event: Extract<SecondFactorEvent, { type: T }>
  readonly past: readonly SecondFactorEvent[]
  readonly next: SecondFactorEvent | undefined
}

/** Each event of the given types, with the events before and after it. */
export const moments = <T extends Type>(log: readonly SecondFactorEvent[], ...types: readonly T[]): readonly Moment<T>[] =>
  log.flatMap((event, index) =>
    types.some((type) => type === event.type)
      ? [{ event: event as Moment<T>['event'], past: log.slice(0, index), next: log[index + 1] }]
      : [],
  )

export const pasts = (log: readonly SecondFactorEvent[]) => [...log.map((_, index) => log.slice(0, index)), log]
