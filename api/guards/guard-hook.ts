import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Positions } from '../http/positions.ts'
import type { Check, Guard } from '../http/route.ts'
import { answerProblem, firstRefusal, type Refuse, runChecks } from '../http/run-checks.ts'
import { checkAgain } from './check-again.ts'
import type { GuardHook } from './host-app.ts'
import { attachView, type ViewSession } from './host-session.ts'

type Needs = {
  readonly before: readonly Check[]
  readonly positions: Positions | undefined
  readonly view: ViewSession
  readonly refuse?: Refuse
}

/** Makes Fastify hooks that decide when the head of a request is here, and again when its body is. */
export const guardHook = ({ before, positions, view, refuse = answerProblem }: Needs) => {
  return (guards: readonly Guard[]): GuardHook => {
    const check = runChecks(before, guards, positions, refuse)
    const repeat: Check = (request) => firstRefusal(guards, request)
    const hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
      attachView(request, view)
      check(request, reply, (error) => {
        if (error === undefined) checkAgain(request, reply, repeat, refuse)
        done(error)
      })
    }
    return hook as unknown as GuardHook
  }
}
