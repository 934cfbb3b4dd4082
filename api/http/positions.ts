import type { FastifyRequest } from 'fastify'
import { isProblem, type ProblemAnswer } from '../problems.ts'
import { correlationId } from './correlation.ts'

export type Positions = {
  /** `appended` is 0 until the request with this correlation id appends something. Call `end` when done. */
  readonly follow: (correlationId: string) => { readonly appended: () => number; readonly end: () => void }
  readonly reach: (position: number) => boolean | Promise<boolean>
}

export const positionHeader = 'gatebook-position'

const malformed: ProblemAnswer = { problem: 'MALFORMED_REQUEST' }
const stale: ProblemAnswer = { problem: 'STALE_READ_MODEL' }

const positionIn = (header: unknown) => {
  const position = typeof header === 'string' && /^[0-9]{1,16}$/.test(header) ? Number(header) : Number.NaN
  return Number.isSafeInteger(position) ? position : undefined
}

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

type Response = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

/** A 202 must not reveal what was done, so neither its position nor its duration may. */
const isAccepted = (answer: Response | ProblemAnswer) => !isProblem(answer) && answer.status === 202

/** Waits, up to a limit, until the read models show what the request wrote. A refusal names no position, which would tell who has an account. */
export const readYourWrites =
  (positions: Positions) =>
  async <Answer extends Response | ProblemAnswer>(request: FastifyRequest, call: () => Answer | Promise<Answer>): Promise<Answer> => {
    const followed = positions.follow(correlationId(request))
    try {
      const answer = await call()
      const position = followed.appended()
      if (position === 0 || isAccepted(answer)) return answer
      const reached = positions.reach(position)
      if (reached instanceof Promise) await reached
      return isProblem(answer) ? answer : { ...answer, headers: { ...answer.headers, [positionHeader]: String(position) } }
    } finally {
      followed.end()
    }
  }
