import { type ProblemAnswer, type ProblemCode, problemDetails, problems, renderProblem } from '../api/problems.ts'

type Details = ReturnType<typeof problemDetails>

/**
 * A call that was refused, or that the log could not serve. Nothing of what the caller gave is in it.
 *
 * `code` and `status`: of docs/refusals.md. `statusCode` is the status, under the name that Fastify reads. `headers` are those that the
 * API would send with it, but for the content type. `details` has `retryAfter` (whole seconds), `errors` (paths and what was expected) and
 * `reason`, where the API would answer with them.
 */
export class GatebookError extends Error {
  override readonly name = 'GatebookError'
  readonly code: ProblemCode
  readonly status: number
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly details: Details

  constructor({ problem, ...extra }: ProblemAnswer) {
    super(problems[problem].title)
    this.code = problem
    const {
      status,
      headers: { 'content-type': _, ...headers },
    } = renderProblem(problem, extra)
    this.status = status
    this.statusCode = status
    this.headers = headers
    this.details = problemDetails(problem, extra)
  }
}
