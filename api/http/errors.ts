import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { LineLogger } from '../../application/line-logger.ts'
import { type ProblemCode, sendProblem } from '../problems.ts'
import { correlationId } from './correlation.ts'

const byStatus: Readonly<Record<number, ProblemCode>> = {
  // Fastify's static files forbid paths that lead elsewhere; a caller need not know that there is an elsewhere.
  403: 'NOT_FOUND',
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

const problemOf = ({ statusCode = 500 }: FastifyError): ProblemCode =>
  byStatus[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'MALFORMED_REQUEST' : 'INTERNAL')

export const handleError =
  (logger: LineLogger) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const code = problemOf(error)
    if (code === 'INTERNAL') logger.error({ error, correlationId: correlationId(request) }, 'request handler failed')
    sendProblem(reply, code)
  }
