import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import { awaitPosition, type Positions } from './positions.ts'
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

export function runChecks(before: readonly Check[], after: readonly Check[], positions: Positions | undefined) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    const refused = firstRefusal(before, request) ?? (positions && awaitPosition(positions, request))
    if (!(refused instanceof Promise)) return end(reply, refused ?? firstRefusal(after, request), done)
    refused.then((late) => end(reply, late ?? firstRefusal(after, request), done)).catch(done)
  }
}
