import { left, right } from 'fp-ts/lib/Either.js'
import {
  type AttemptBudget,
  allowsAttempt,
  beginAttempt,
  failPending,
  isLastFailure,
  resetBudget,
  settleAttempt,
  unusedBudget,
} from '../kernel/attempt-budget.ts'
import type { AttemptId, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type LockoutPolicy, lockedUntil } from '../kernel/lockout-policy.ts'
import { mostFailuresInARow } from './code-policy.ts'
import { CodeAttempted, CodeEntryLocked, type CodePurpose, CodeRejected, type SecondFactorEvent } from './events.ts'

type PendingCode = { readonly purpose: CodePurpose; readonly sessionId: SessionId | null }

/** `budget` counts the codes of logins only: those of a session count against the session. */
export type CodeEntry = {
  readonly budget: AttemptBudget
  readonly until: Instant | null
  readonly consecutiveLocks: number
  readonly locks: number
  readonly failuresInARow: number
  readonly pending: ReadonlyMap<AttemptId, PendingCode>
}

export const initialCodeEntry: CodeEntry = {
  budget: unusedBudget,
  until: null,
  consecutiveLocks: 0,
  locks: 0,
  failuresInARow: 0,
  pending: new Map(),
}

const mostPending = 100

const settle = (entry: CodeEntry, id: AttemptId, isRight: boolean, at: Instant): CodeEntry => {
  const isOfLogin = entry.pending.get(id)?.sessionId === null
  const pending = new Map([...entry.pending].filter(([other]) => other !== id))
  if (isRight) {
    const isLocked = entry.until !== null && at < entry.until
    const lock = isLocked ? {} : { until: null, consecutiveLocks: 0 }
    return { ...entry, ...lock, budget: settleAttempt(entry.budget, id, true, at), failuresInARow: 0, pending }
  }
  const budget = isOfLogin ? settleAttempt(entry.budget, id, false, at) : entry.budget
  return { ...entry, budget, failuresInARow: entry.failuresInARow + 1, pending }
}

/** Codes of sessions push out none of logins. */
const withNewest = (pending: CodeEntry['pending'], id: AttemptId, code: PendingCode): CodeEntry['pending'] => {
  const isOfLogin = code.sessionId === null
  const alike = [...pending].filter(([, { sessionId }]) => (sessionId === null) === isOfLogin)
  const others = [...pending].filter(([, { sessionId }]) => (sessionId === null) !== isOfLogin)
  return new Map([...others, ...alike.slice(1 - mostPending), [id, code] as const])
}

export function evolveCodeEntry(entry: CodeEntry, event: SecondFactorEvent): CodeEntry {
  switch (event.type) {
    case 'CodeAttempted': {
      const { attemptId, purpose, sessionId, at } = event.data
      const pending = withNewest(entry.pending, attemptId, { purpose, sessionId })
      if (sessionId !== null) return { ...entry, pending }
      return { ...entry, until: null, budget: beginAttempt(entry.budget, attemptId, at), pending }
    }
    case 'TotpEnrollmentConfirmed':
    case 'CodeAccepted':
    case 'RecoveryCodeUsed':
      return settle(entry, event.data.attemptId, true, event.data.at)
    case 'CodeRejected':
      return settle(entry, event.data.attemptId, false, event.data.at)
    case 'CodeEntryLocked':
      return {
        ...entry,
        budget: resetBudget(entry.budget, event.data.at),
        until: event.data.until,
        consecutiveLocks: event.data.consecutiveLocks,
        locks: entry.locks + 1,
      }
    case 'CodeEntryUnlocked':
      return { ...entry, budget: resetBudget(entry.budget, event.data.at), until: null, consecutiveLocks: 0, failuresInARow: 0 }
    default:
      return entry
  }
}

/** Codes that are checked against what is no longer so are never settled. */
export function withoutPending(entry: CodeEntry): CodeEntry {
  return { ...entry, budget: failPending(entry.budget), pending: new Map() }
}

const lock = (policy: LockoutPolicy, { consecutiveLocks }: CodeEntry, at: Instant) =>
  CodeEntryLocked({ until: lockedUntil(policy, consecutiveLocks + 1, at), consecutiveLocks: consecutiveLocks + 1, at })

export function isUntouched({ budget, until, consecutiveLocks, failuresInARow }: CodeEntry) {
  return budget.failures === 0 && until === null && consecutiveLocks === 0 && failuresInARow === 0
}

export function codeEntryHasEnded({ failuresInARow }: CodeEntry) {
  return failuresInARow >= mostFailuresInARow
}

export function refusedAsLocked({ until }: CodeEntry, at: Instant) {
  return until !== null && at < until ? left({ type: 'codes_locked' as const, until }) : null
}

export type CodeAttempt = {
  type: 'attempt'
  attemptId: AttemptId
  purpose: CodePurpose
  /** The session that asks, whose own budget the code counts against; null in a login. */
  sessionId: SessionId | null
  isRecoveryCode: boolean
  at: Instant
}

export function decideCodeAttempt(policy: LockoutPolicy, entry: CodeEntry, command: CodeAttempt) {
  const { type: _, isRecoveryCode, ...attempted } = command
  const { at } = attempted
  if (codeEntryHasEnded(entry) && !isRecoveryCode) return left({ type: 'code_entry_ended' as const })
  if (attempted.sessionId !== null) return right([CodeAttempted(attempted)])
  const locked = refusedAsLocked(entry, at)
  if (locked !== null) return locked
  const allowed = allowsAttempt(policy.maxAttempts, entry.budget, at)
  if (allowed === 'wait') return left({ type: 'attempts_pending' as const })
  return right([allowed === 'yes' ? CodeAttempted(attempted) : lock(policy, entry, at)])
}

export function rejectCode(policy: LockoutPolicy, entry: CodeEntry, attemptId: AttemptId, at: Instant) {
  const rejected = CodeRejected({ attemptId, at })
  const isOfLogin = entry.pending.get(attemptId)?.sessionId === null
  return right(
    isOfLogin && isLastFailure(policy.maxAttempts, entry.budget, attemptId, at) ? [rejected, lock(policy, entry, at)] : [rejected],
  )
}
