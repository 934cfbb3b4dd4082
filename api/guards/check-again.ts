import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Check } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'

const repeated = Symbol('gatebook.repeated')

type Checked = FastifyRequest & { [repeated]?: Check[] }

const refusalOf = (request: Checked): ProblemAnswer | undefined => {
  try {
    return firstRefusal(request[repeated] ?? [], request)
  } catch {
    return { problem: 'INTERNAL' }
  }
}

/** `hijack` makes Fastify skip the handler at once: `reply.sent` alone stays false while `onSend` hooks are waiting. */
const refuseInPlaceOfHandler = (request: Checked, reply: FastifyReply) => {
  if (reply.sent || reply.raw.headersSent) return
  const refused = refusalOf(request)
  if (refused === undefined) return
  sendProblem(reply, refused.problem, refused)
  reply.hijack()
}

/** Fastify reads no body for these. */
const isBodyless = (method: string) => method === 'GET' || method === 'HEAD'

/** Runs `check` again when the last octet of the body is here, wherever in the host app the guard stands. */
export function checkAgain(request: Checked, reply: FastifyReply, check: Check): void {
  if (isBodyless(request.method)) return
  const known = request[repeated]
  if (known !== undefined) {
    known.push(check)
    return
  }
  request[repeated] = [check]
  if (!request.raw.readableEnded) request.raw.once('end', () => refuseInPlaceOfHandler(request, reply))
}

/** A `preHandler` hook, for what a host app awaits between the body and its handler. */
export function repeatChecks(request: Checked, reply: FastifyReply, done: () => void): void {
  const refused = request[repeated] === undefined ? undefined : refusalOf(request)
  if (refused === undefined) done()
  else sendProblem(reply, refused.problem, refused)
}
