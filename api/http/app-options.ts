import type { FastifyError, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { parseQueryString } from '../codecs/query-string.ts'
import { type ProblemAnswer, sendProblem } from '../problems.ts'
import type { ResponseHeaders } from '../protection/security-headers.ts'
import { maxBody } from './register-route.ts'
import type { Check } from './route.ts'

/** Of every app that is Gatebook's own. Fastify's logger is off, because it would write URLs and addresses. */
export function appOptions(headers: ResponseHeaders) {
  return {
    bodyLimit: maxBody,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256, querystringParser: (text: string) => parseQueryString(text) as Record<string, string> },
    // A URL that cannot be decoded runs no hook, and Fastify would repeat it in the response.
    frameworkErrors: (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.headers(headers), 'MALFORMED_REQUEST')
    },
    genReqId: () => '',
  }
}

/** For a path that no route has. */
export const answerNotFound =
  (limit: Check): RouteHandlerMethod =>
  (request, reply) => {
    const refused: ProblemAnswer = limit(request) ?? { problem: 'NOT_FOUND' }
    return sendProblem(reply, refused.problem, refused)
  }
