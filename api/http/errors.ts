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

/** Fastify's own refusals by their status; whatever else was thrown is a fault of ours. */
const problemOf = (error: FastifyError): ProblemCode => byStatus[error.statusCode ?? 500] ?? 'INTERNAL'

export const handleError =
  (logger: Logger) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const code = problemOf(error)
    if (code === 'INTERNAL') logger.error({ error, correlationId: correlationId(request) }, 'a fault in the service')
    sendProblem(reply, code)
  }
