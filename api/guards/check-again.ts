import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Check } from '../http/route.ts'
import { answerProblem, type Refuse } from '../http/run-checks.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'

const repeated = Symbol('gatebook.repeated')

type Repeated = { readonly check: Check; readonly refuse: Refuse }

type Checked = FastifyRequest & { [repeated]?: Repeated[] }

type Refused = { readonly refused: ProblemAnswer; readonly refuse: Refuse }

const refusalOf = (request: Checked): Refused | undefined => {
  for (const { check, refuse } of request[repeated] ?? []) {
    try {
      const refused = check(request)
      if (refused !== undefined) return { refused, refuse }
    } catch {
      return { refused: { problem: 'INTERNAL' }, refuse }
    }
  }
  return undefined
}

/**
 * `hijack` makes Fastify skip the handler at once: `reply.sent` alone stays false while `onSend` hooks are waiting. An error handler of
 * the host may take its time, so here an error becomes the problem document.
 */
const refuseInPlaceOfHandler = (request: Checked, reply: FastifyReply) => {
  if (reply.sent || reply.raw.headersSent) return
  const found = refusalOf(request)
  if (found === undefined) return
  const { refused, refuse } = found
  refuse(reply, refused, () => sendProblem(reply, refused.problem, refused))
  reply.hijack()
}

/** Fastify reads no body for these. */
const isBodyless = (method: string) => method === 'GET' || method === 'HEAD'

/** Runs `check` again when the last octet of the body is here, wherever in the host app the guard stands. */
export function checkAgain(request: Checked, reply: FastifyReply, check: Check, refuse: Refuse = answerProblem): void {
  if (isBodyless(request.method)) return
  const known = request[repeated]
  if (known !== undefined) {
    known.push({ check, refuse })
    return
  }
  request[repeated] = [{ check, refuse }]
  if (!request.raw.readableEnded) request.raw.once('end', () => refuseInPlaceOfHandler(request, reply))
}

/** A `preHandler` hook, for what a host app awaits between the body and its handler. */
export function repeatChecks(request: Checked, reply: FastifyReply, done: (error?: Error) => void): void {
  const found = request[repeated] === undefined ? undefined : refusalOf(request)
  if (found === undefined) done()
  else found.refuse(reply, found.refused, done)
}
