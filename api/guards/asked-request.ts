import type { FastifyRequest } from 'fastify'

/** What guards read of a request, for one that no route of ours was called with. */
export function askedRequest(
  request: Pick<FastifyRequest, 'method' | 'headers'> & { readonly socket?: object | undefined },
): FastifyRequest {
  return { ...request, routeOptions: {} } as FastifyRequest
}
