import { isLeft, mapLeft } from 'fp-ts/lib/Either.js'
import { notAttempted, type Rules, type Told } from '../kernel/backtest-rules.ts'
import { unrecordedAttempt } from '../kernel/ids.ts'
import type { LoginPolicy } from './challenges.ts'
import { type Command, login, type State } from './decider.ts'
import { type LoginEvent, timeOf } from './events.ts'

const tell = (event: LoginEvent): Told => {
  switch (event.type) {
    case 'LoginAttempted':
    case 'SignatureAttempted':
      return { type: 'attempt', id: event.data.attemptId }
    case 'PasswordAccepted':
    case 'SignatureAccepted':
      return { type: 'settlement', id: event.data.attemptId, isRight: true }
    case 'PasswordRejected':
    case 'SignatureRejected':
      return { type: 'settlement', id: event.data.attemptId, isRight: false }
    case 'LoginLocked':
      return { type: 'lock', until: event.data.until }
    case 'LoginUnlocked':
      return { type: 'unlock' }
    case 'LoginAttemptsRefused':
      return { type: 'refused', count: event.data.count }
    case 'LoginPayloadErased':
      return { type: 'erased' }
    case 'LoginSummarized':
      return { type: 'summary' }
    default:
      return { type: 'other' }
  }
}

type Like = Extract<LoginEvent, { type: 'LoginAttempted' | 'SignatureAttempted' | 'LoginLocked' }>

export function loginRules(policy: LoginPolicy): Rules<State, LoginEvent> {
  const { initial, evolve, decide } = login(policy)
  return {
    initial,
    evolve,
    tell,
    // Refused attempts are dated by the first of them: the lock that refused them may have ended before the last.
    timeOf: (event) => (event.type === 'LoginAttemptsRefused' ? event.data.from : timeOf(event)),
    attempt: (state, like, at) => {
      const { data } = like as Like
      const command = 'attemptId' in data ? data : { attemptId: unrecordedAttempt, deviceId: data.deviceId }
      return mapLeft(notAttempted)(decide({ type: 'attempt', ...command, at } as Command, state))
    },
    settle: (state, event) => {
      if (tell(event).type !== 'settlement' || !('attemptId' in event.data)) return []
      const matched = event.type === 'PasswordAccepted' || event.type === 'SignatureAccepted' ? event.data.accountId : null
      const decided = decide({ type: 'settle', attemptId: event.data.attemptId, matched, at: event.data.at }, state)
      return isLeft(decided) ? [] : decided.right
    },
    isUnused: ({ lanes }) =>
      [...lanes.values()].every(({ budget, consecutiveLocks }) => budget.failures + budget.pending.size + consecutiveLocks === 0),
    locks: ({ lanes }) => [...lanes.values()].flatMap(({ until }) => (until === null ? [] : [until])),
  }
}
