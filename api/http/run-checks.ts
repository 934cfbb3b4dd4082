import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import { decideAtPosition, type Positions } from './positions.ts'
import type { Check } from './route.ts'

export function firstRefusal(checks: readonly Check[], request: FastifyRequest): ProblemAnswer | undefined {
  for (const check of checks) {
    const refused = check(request)
    if (refused !== undefined) return refused
  }
  return undefined
}

/** Answers, or hands an error to `done`. */
export type Refuse = (reply: FastifyReply, refused: ProblemAnswer, done: (error: Error) => void) => void

export const answerProblem: Refuse = (reply, refused) => void sendProblem(reply, refused.problem, refused)

export function runChecks(
  before: readonly Check[],
  guards: readonly Check[],
  positions: Positions | undefined,
  refuse: Refuse = answerProblem,
) {
  const end = (reply: FastifyReply, refused: ProblemAnswer | undefined, done: (error?: Error) => void) => {
    if (refused === undefined) done()
    else refuse(reply, refused, done)
  }
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    const decide = () => firstRefusal(guards, request)
    const refused = firstRefusal(before, request) ?? (positions === undefined ? decide() : decideAtPosition(positions, request, decide))
    if (refused instanceof Promise) refused.then((late) => end(reply, late, done)).catch(done)
    else end(reply, refused, done)
  }
}
