import type { AttemptId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type SecondFactorEvent, SecondFactorSummarized } from './events.ts'
import type { Enrollment, Factor, State } from './factor.ts'
import type { Recovery } from './recovery-codes.ts'

type Summarized = ReturnType<typeof SecondFactorSummarized>['data']
type Kept = { readonly secret: Enrollment['secret']; readonly recovery: Recovery }

const keptIn = ({ secret, recovery }: Kept) => ({ secret, recoveryCodes: recovery.set, spentRecoveryCodes: [...recovery.spent] })

const keptFrom = (summary: ReturnType<typeof keptIn>): Kept => ({
  secret: summary.secret,
  recovery: { set: summary.recoveryCodes, spent: new Set(summary.spentRecoveryCodes) },
})

const factorFrom = (summary: Summarized['factor']): Factor => {
  if (summary === null) return { type: 'none' }
  const { since, confirmedAt, lastTimeStep: lastStep } = summary
  return { type: 'active', since, confirmedAt, lastStep, ...keptFrom(summary) }
}

const enrollmentFrom = (summary: Summarized['enrollment']): Enrollment | null => {
  if (summary === null) return null
  const { accountRevision, sessionId, startedAt } = summary
  return { accountRevision, sessionId, startedAt, ...keptFrom(summary) }
}

export function fromSecondFactorSummary(summary: Summarized): State {
  const { failedAttempts, failuresInARow, consecutiveLocks, locks, lockedUntil, pendingAttempts } = summary
  const began = pendingAttempts.flatMap(({ attemptId, startedAt }): [AttemptId, Instant][] =>
    startedAt === null ? [] : [[attemptId, startedAt]],
  )
  return {
    revision: summary.revision,
    factor: factorFrom(summary.factor),
    enrollment: enrollmentFrom(summary.enrollment),
    entry: {
      budget: { failures: failedAttempts, pending: new Map(began) },
      until: lockedUntil,
      consecutiveLocks,
      locks,
      failuresInARow,
      pending: new Map(pendingAttempts.map(({ attemptId, purpose, sessionId }) => [attemptId, { purpose, sessionId }])),
    },
    sent: summary.codesSent,
  }
}

/** The revision counts the summary itself, which stands where the next event would. */
export function summarizeSecondFactor({ revision, factor, enrollment, entry, sent }: State, next: SecondFactorEvent) {
  return SecondFactorSummarized({
    revision: revision + 1,
    factor:
      factor.type === 'none'
        ? null
        : { ...keptIn(factor), since: factor.since, confirmedAt: factor.confirmedAt, lastTimeStep: factor.lastStep },
    enrollment: enrollment && {
      ...keptIn(enrollment),
      accountRevision: enrollment.accountRevision,
      sessionId: enrollment.sessionId,
      startedAt: enrollment.startedAt,
    },
    failedAttempts: entry.budget.failures,
    failuresInARow: entry.failuresInARow,
    consecutiveLocks: entry.consecutiveLocks,
    locks: entry.locks,
    lockedUntil: entry.until,
    pendingAttempts: [...entry.pending].map(([attemptId, { purpose, sessionId }]) => ({
      attemptId,
      purpose,
      sessionId,
      startedAt: entry.budget.pending.get(attemptId) ?? null,
    })),
    codesSent: [...sent],
    at: next.data.at,
  })
}
