import { left, right } from 'fp-ts/lib/Either.js'
import { allowsAttempt, isLastFailure } from '../kernel/attempt-budget.ts'
import type { AttemptId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import {
  ReauthenticationAttempted,
  ReauthenticationFailed,
  type ReauthenticationPurpose,
  ReauthenticationSucceeded,
  SessionRevoked,
} from './events.ts'
import type { SessionPolicy } from './session-policy.ts'
import type { ActiveSession } from './state.ts'

export type ReauthenticationCommand =
  | { type: 'attempt'; attemptId: AttemptId; purpose: ReauthenticationPurpose; at: Instant }
  | { type: 'settle'; attemptId: AttemptId; isRight: boolean; at: Instant }

const end = (at: Instant) => SessionRevoked({ because: 'too_many_failures', at })

/** A budget of the session's own: guesses of others cost it nothing, and a stolen session does not get many. */
export function decideReauthentication({ maxFailures }: SessionPolicy, command: ReauthenticationCommand, session: ActiveSession) {
  const { attemptId, at } = command
  const { reauthentication } = session
  if (command.type === 'attempt') {
    const allowed = allowsAttempt(maxFailures, reauthentication, at)
    if (allowed === 'wait') return left({ type: 'attempts_pending' as const })
    return right(allowed === 'yes' ? [ReauthenticationAttempted({ attemptId, purpose: command.purpose, at })] : [end(at)])
  }
  if (!reauthentication.pending.has(attemptId)) return left({ type: 'attempt_not_pending' as const })
  if (command.isRight) return right([ReauthenticationSucceeded({ attemptId, at })])
  const failed = ReauthenticationFailed({ attemptId, at })
  return right(isLastFailure(maxFailures, reauthentication, attemptId, at) ? [failed, end(at)] : [failed])
}
