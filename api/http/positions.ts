import type { FastifyRequest } from 'fastify'
import { isProblem, type ProblemAnswer } from '../problems.ts'
import { correlationId } from './correlation.ts'

/** Where in the log a call has written, and waiting until it can be read. */
export type Positions = {
  /** `appended` is 0 while the call with this correlation id has appended nothing; `end` must be called. */
  readonly follow: (correlationId: string) => { readonly appended: () => number; readonly end: () => void }
  /** Whether the read models have seen this position, or do so in time. */
  readonly reach: (position: number) => boolean | Promise<boolean>
}

/** Both ways: an answer says with it what it has written, a request asks with it to be answered with no less. */
export const positionHeader = 'gatebook-position'

const malformed: ProblemAnswer = { problem: 'MALFORMED_REQUEST' }
const stale: ProblemAnswer = { problem: 'STALE_READ_MODEL' }

const positionIn = (header: unknown) => {
  const position = typeof header === 'string' && /^[0-9]{1,16}$/.test(header) ? Number(header) : Number.NaN
  return Number.isSafeInteger(position) ? position : undefined
}

/** Undefined once the read models are where the request asks them to be. Costs nothing where it does not ask. */
export function awaitPosition(
  positions: Positions,
  { headers }: FastifyRequest,
): ProblemAnswer | undefined | Promise<ProblemAnswer | undefined> {
  const header = headers[positionHeader]
  if (header === undefined) return undefined
  const position = positionIn(header)
  if (position === undefined) return malformed
  const reached = positions.reach(position)
  if (reached === true) return undefined
  return reached === false ? stale : reached.then((isReached) => (isReached ? undefined : stale))
}

type Answered = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

/** Accepted, and nothing is said of what was done: neither is where it was written, nor does the answer wait for it. */
const saysNothing = (answer: Answered | ProblemAnswer) => !isProblem(answer) && answer.status === 202

/**
 * Holds the answer back until the read models here have seen what the call has written, or for as long as one waits; names the position either way. A
 * refusal names none: how far it is from the one before would tell what was written, and so who has an account.
 */
export const readYourWrites =
  (positions: Positions) =>
  async <Answer extends Answered | ProblemAnswer>(request: FastifyRequest, call: () => Answer | Promise<Answer>): Promise<Answer> => {
    const followed = positions.follow(correlationId(request))
    try {
      const answer = await call()
      const position = followed.appended()
      if (position === 0 || saysNothing(answer)) return answer
      const reached = positions.reach(position)
      if (reached instanceof Promise) await reached
      return isProblem(answer) ? answer : { ...answer, headers: { ...answer.headers, [positionHeader]: String(position) } }
    } finally {
      followed.end()
    }
  }
