import { type Either, isLeft, mapLeft } from 'fp-ts/lib/Either.js'
import { notAttempted, type Rules, type Told } from '../kernel/backtest-rules.ts'
import { unrecordedAttempt } from '../kernel/ids.ts'
import type { LockoutPolicy } from '../kernel/lockout-policy.ts'
import { decideCodeAttempt, rejectCode } from './code-entry.ts'
import type { SecondFactorEvent } from './events.ts'
import type { State } from './factor.ts'
import { evolveSecondFactor, initialSecondFactor } from './state.ts'

/** Codes of a session count against the session, whatever the policy. */
const tell = (event: SecondFactorEvent): Told => {
  switch (event.type) {
    case 'CodeAttempted':
      return event.data.sessionId === null ? { type: 'attempt', id: event.data.attemptId } : { type: 'other' }
    case 'CodeAccepted':
    case 'RecoveryCodeUsed':
    case 'TotpEnrollmentConfirmed':
    case 'CodeRejected':
      return { type: 'settlement', id: event.data.attemptId, isRight: event.type !== 'CodeRejected' }
    case 'CodeEntryLocked':
      return { type: 'lock', until: event.data.until }
    case 'CodeEntryUnlocked':
      return { type: 'unlock' }
    case 'SecondFactorSummarized':
      return { type: 'summary' }
    default:
      return { type: 'other' }
  }
}

type Like = Extract<SecondFactorEvent, { type: 'CodeAttempted' | 'CodeEntryLocked' }>

export function codeRules(policy: LockoutPolicy): Rules<State, SecondFactorEvent> {
  return {
    initial: initialSecondFactor,
    evolve: evolveSecondFactor,
    tell,
    timeOf: ({ data }) => data.at,
    attempt: ({ entry }, like, at) => {
      const { data } = like as Like
      const attempted = 'attemptId' in data ? data : { attemptId: unrecordedAttempt, purpose: 'login' as const, sessionId: null }
      // Whether it was a recovery code is not recorded. The end of code entry after a hundred failures is no part of the policy.
      const decided: Either<{ readonly type: string }, readonly SecondFactorEvent[]> = decideCodeAttempt(policy, entry, {
        ...{ type: 'attempt', ...attempted, isRecoveryCode: true, at },
      })
      return mapLeft(notAttempted)(decided)
    },
    settle: ({ entry }, event) => {
      if (event.type !== 'CodeRejected') return [event]
      const decided = rejectCode(policy, entry, event.data.attemptId, event.data.at)
      return isLeft(decided) ? [] : decided.right
    },
    isUnused: ({ entry: { budget, pending, consecutiveLocks } }) => budget.failures + pending.size + consecutiveLocks === 0,
    locks: ({ entry: { until } }) => (until === null ? [] : [until]),
  }
}
