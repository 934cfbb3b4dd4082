import { type ProblemAnswer, type ProblemCode, problemDetails } from '../../api/problems.ts'

/** `reason` is one of those of `GET /health/ready`. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly code: ProblemCode; readonly reason: string | null; readonly retryAfter: number }

export const readinessOf = (unready: () => Promise<ProblemAnswer | null>) => async (): Promise<Readiness> => {
  const why = await unready().catch(() => ({ problem: 'STORE_UNAVAILABLE' as const, reason: 'log_unreachable' }))
  if (why === null) return { ready: true }
  const { retryAfter = 1, reason = null } = problemDetails(why.problem, why)
  return { ready: false, code: why.problem, reason, retryAfter }
}
