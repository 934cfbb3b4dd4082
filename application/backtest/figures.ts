import type { Outcome } from '../../domain/kernel/backtest-rules.ts'

/**
 * What a policy did, or would have done. `lockedMs`: milliseconds, all locks together. `refusedLogins`: right passwords or codes that
 * it does not look at; `stoppedGuesses`: wrong ones. `refusedUnchecked`: attempts that a lock refused, so nobody knows whether they
 * were right. `admitted`: those of them that it would have looked at.
 */
export type Figures = {
  readonly locks: number
  readonly lockedMs: number
  readonly refusedLogins: number
  readonly stoppedGuesses: number
  readonly refusedUnchecked: number
  readonly admitted: number
}

export const noFigures: Figures = { locks: 0, lockedMs: 0, refusedLogins: 0, stoppedGuesses: 0, refusedUnchecked: 0, admitted: 0 }

const withOutcome = (figures: Figures, outcome: Outcome): Figures => {
  switch (outcome.type) {
    case 'locked':
      return { ...figures, locks: figures.locks + 1, lockedMs: figures.lockedMs + outcome.until - outcome.at }
    case 'unlocked':
      return { ...figures, lockedMs: figures.lockedMs - outcome.shortened }
    case 'admitted':
      return { ...figures, admitted: figures.admitted + outcome.count }
    case 'refused': {
      const name = outcome.isRight === null ? 'refusedUnchecked' : outcome.isRight ? 'refusedLogins' : 'stoppedGuesses'
      return { ...figures, [name]: figures[name] + outcome.count }
    }
  }
}

export function withOutcomes(figures: Figures, outcomes: readonly Outcome[]): Figures {
  return outcomes.reduce(withOutcome, figures)
}
