import type { FastifyRequest } from 'fastify'

const requestIdShape = /^[A-Za-z0-9._:/+=-]{1,128}$/

/** UUIDs, ULIDs and hexadecimal numbers. Anything else may be a name that a person has chosen, and stays out of the log. */
const machineMade = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{16,64})$/i

/** W3C Trace Context, level 1. */
const traceParentShape = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

const none: Record<string, string> = Object.freeze({})

/** What a proxy has sent to name the request, as it is given back to it. */
export function outerIds({ headers = {} }: Pick<FastifyRequest, 'headers'>): Record<string, string> {
  const { 'x-request-id': requestId, traceparent } = headers
  if (requestId === undefined && traceparent === undefined) return none
  return {
    ...(typeof requestId === 'string' && requestIdShape.test(requestId) ? { 'x-request-id': requestId } : {}),
    ...(typeof traceparent === 'string' && traceParentShape.test(traceparent) ? { traceparent } : {}),
  }
}

/** Beside our own correlation id, which the events have and nobody else can choose. */
export function loggedIds(request: Pick<FastifyRequest, 'headers'>): { readonly requestId?: string; readonly traceId?: string } {
  const { 'x-request-id': requestId = '', traceparent } = outerIds(request)
  return {
    ...(machineMade.test(requestId) ? { requestId } : {}),
    ...(traceparent === undefined ? {} : { traceId: traceparent.slice(3, 35) }),
  }
}
