import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { correlationId } from './correlation.ts'

const levelOf = (request: FastifyRequest, status: number) => {
  // A 503 is meant: the store is away, or the queue is full. Probes get one a second then.
  if (status === 503) return 'warn'
  if (status >= 500) return 'error'
  return status < 400 && (request.method === 'GET' || request.method === 'HEAD') ? 'debug' : 'info'
}

/**
 * One line a request: the route's pattern, never the URL. Reads that went well are on `debug`: guards answer them by the thousand, and what
 * matters for later is in the event log.
 */
export function logAnswer(logger: Logger, route: string, request: FastifyRequest, reply: FastifyReply, elapsed: number): void {
  const level = levelOf(request, reply.statusCode)
  if (!logger.isLevelEnabled(level)) return
  const ms = Math.round(elapsed * 10) / 10
  logger[level]({ method: request.method, route, status: reply.statusCode, ms, correlationId: correlationId(request) }, 'answered')
}
