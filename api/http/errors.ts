import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { type ProblemCode, sendProblem } from '../problems.ts'
import { correlationId } from './correlation.ts'

const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'MALFORMED_REQUEST',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

const problemOf = (error: FastifyError): ProblemCode => byStatus[error.statusCode ?? 500] ?? 'INTERNAL'

export const handleError =
  (logger: Logger) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const code = problemOf(error)
    if (code === 'INTERNAL') logger.error({ error, correlationId: correlationId(request) }, 'request handler failed')
    sendProblem(reply, code)
  }
