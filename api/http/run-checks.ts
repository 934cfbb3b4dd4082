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

const end = (reply: FastifyReply, refused: ProblemAnswer | undefined, done: () => void) => {
  if (refused === undefined) done()
  else sendProblem(reply, refused.problem, refused)
}

export function runChecks(before: readonly Check[], guards: readonly Check[], positions: Positions | undefined) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    const decide = () => firstRefusal(guards, request)
    const refused = firstRefusal(before, request) ?? (positions === undefined ? decide() : decideAtPosition(positions, request, decide))
    if (refused instanceof Promise) refused.then((late) => end(reply, late, done)).catch(done)
    else end(reply, refused, done)
  }
}
