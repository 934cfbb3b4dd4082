import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LineLogger } from '../../application/line-logger.ts'
import { isAuthenticated, sessionOf } from '../guards/guarded-session.ts'
import { problemSent } from '../problems.ts'
import { correlationId } from './correlation.ts'
import { loggedIds } from './request-ids.ts'

const levelOf = (request: FastifyRequest, status: number) => {
  // Expected: the store is away or the queue is full, and health probes get one every second.
  if (status === 503) return 'warn'
  if (status >= 500) return 'error'
  // Guards let thousands of reads through; what matters later is in the event log.
  return status < 400 && (request.method === 'GET' || request.method === 'HEAD') ? 'debug' : 'info'
}

const callerIds = (request: FastifyRequest) => {
  if (!isAuthenticated(request)) return {}
  const { accountId, sessionId } = sessionOf(request)
  return { accountId, sessionId }
}

/** Logs the route's pattern and never the URL, which may hold a secret. */
export function logResponse(logger: LineLogger, route: string, request: FastifyRequest, reply: FastifyReply, elapsedMs: number): void {
  const level = levelOf(request, reply.statusCode)
  if (!logger.isLevelEnabled(level)) return
  const durationMs = Math.round(elapsedMs * 10) / 10
  const { method } = request
  const code = problemSent(reply)
  logger[level](
    {
      method,
      route,
      status: reply.statusCode,
      ...(code === undefined ? {} : { code }),
      durationMs,
      correlationId: correlationId(request),
      ...callerIds(request),
      ...(request.service === null ? {} : { service: request.service }),
      ...loggedIds(request),
    },
    'request completed',
  )
}
