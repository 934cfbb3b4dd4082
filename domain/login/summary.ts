import type { Instant } from '../kernel/instant.ts'
import type { Challenge } from './challenges.ts'
import { type LoginEvent, LoginSummarized, timeOf } from './events.ts'
import type { Lane } from './lanes.ts'
import type { State } from './state.ts'

type Summarized = ReturnType<typeof LoginSummarized>['data']

export function fromLoginSummary({ lanes, rejectedAttempts, keyOwner, challenges }: Summarized): State {
  return {
    lanes: new Map(
      lanes.map(({ deviceId, failedAttempts, pendingAttempts, consecutiveLocks, lockedUntil }) => {
        const pending = new Map(pendingAttempts.map(({ attemptId, at }) => [attemptId, at] as const))
        const lane: Lane = { budget: { failures: failedAttempts, pending }, until: lockedUntil, consecutiveLocks }
        return [deviceId, lane] as const
      }),
    ),
    rejected: rejectedAttempts,
    keyOwner,
    challenges: new Map(challenges.map(({ challengeHash, ...challenge }): [typeof challengeHash, Challenge] => [challengeHash, challenge])),
  }
}

export function summaryAt({ lanes, rejected, keyOwner, challenges }: State, at: Instant) {
  return LoginSummarized({
    lanes: [...lanes].map(([deviceId, { budget, until, consecutiveLocks }]) => ({
      deviceId,
      failedAttempts: budget.failures,
      pendingAttempts: [...budget.pending].map(([attemptId, at]) => ({ attemptId, at })),
      consecutiveLocks,
      lockedUntil: until,
    })),
    rejectedAttempts: rejected,
    keyOwner,
    challenges: [...challenges].map(([challengeHash, challenge]) => ({ challengeHash, ...challenge })),
    at,
  })
}

export function summarizeLogin(state: State, next: LoginEvent) {
  return summaryAt(state, timeOf(next))
}
