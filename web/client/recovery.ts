import type { Problem } from './result.ts'
import type { Sent } from './tokens.ts'

export type Tried = { readonly problem: Problem | null; readonly of: Sent }

type Needs = {
  /** The account that is logged in, as far as it is known. */
  readonly who: () => string | null
  readonly renew: (of: Sent) => Promise<boolean>
  readonly stepUp: () => Promise<boolean>
  readonly onSurprise: () => Promise<void>
}

const surprises = new Set(['SESSION_REQUIRED', 'ROLE_REQUIRED', 'CLAIM_REQUIRED', 'ENROLLMENT_REQUIRED'])

/** Repeats what a guard has refused once the reason is gone, and never for another account than before. */
export const recovering =
  ({ who, renew, stepUp, onSurprise }: Needs) =>
  async <Attempt extends Tried>(attempt: () => Promise<Attempt>): Promise<Attempt> => {
    const before = who()
    const again = async (tried: Attempt, recovered: Promise<boolean>) =>
      (await recovered) && (before === null || before === who()) ? attempt() : tried
    let tried = await attempt()
    if (tried.problem?.code === 'SESSION_REQUIRED') tried = await again(tried, renew(tried.of))
    if (tried.problem?.code === 'ELEVATION_REQUIRED') tried = await again(tried, stepUp())
    if (tried.problem !== null && surprises.has(tried.problem.code) && who() !== null) await onSurprise()
    return tried
  }
