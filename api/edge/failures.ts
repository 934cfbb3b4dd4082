import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type ProblemCode, sendProblem } from '../problems.ts'

const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'MALFORMED_REQUEST',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

/** Fastify's own refusals by their status; whatever else was thrown is a fault of ours. */
export const problemOf = (error: FastifyError): ProblemCode => byStatus[error.statusCode ?? 500] ?? 'INTERNAL'

export const onError = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
  sendProblem(reply, problemOf(error))
}

export const onNotFound = (_request: FastifyRequest, reply: FastifyReply): void => {
  sendProblem(reply, 'NOT_FOUND')
}
