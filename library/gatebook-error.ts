import { type ProblemAnswer, type ProblemCode, problemDetails, problems } from '../api/problems.ts'

type Details = ReturnType<typeof problemDetails>

/**
 * A call that was refused, or that the log could not serve. Nothing of what the caller gave is in it.
 *
 * `code` and `status`: of docs/refusals.md. `details` has `retryAfter` (whole seconds), `errors` (paths and what was expected) and
 * `reason`, where the API would answer with them.
 */
export class GatebookError extends Error {
  override readonly name = 'GatebookError'
  readonly code: ProblemCode
  readonly status: number
  readonly details: Details

  constructor({ problem, ...extra }: ProblemAnswer) {
    super(problems[problem].title)
    this.code = problem
    this.status = problems[problem].status
    this.details = problemDetails(problem, extra)
  }
}
