import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Positions } from '../http/positions.ts'
import type { Check, Guard } from '../http/route.ts'
import { firstRefusal, runChecks } from '../http/run-checks.ts'
import { checkAgain } from './check-again.ts'

/** A Fastify hook that decides when the head of a request is here, and again when its body is. */
export function guardHook(before: readonly Check[], guards: readonly Guard[], positions: Positions | undefined) {
  const check = runChecks(before, guards, positions)
  const repeat: Check = (request) => firstRefusal(guards, request)
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void =>
    check(request, reply, (error) => {
      if (error === undefined) checkAgain(request, reply, repeat)
      done(error)
    })
}
