import type { FastifyRequest } from 'fastify'
import { uuidv7 } from 'uuidv7'

const ids = new WeakMap<object, string>()

/** Made on first use and never taken from the caller: it ties the events of a request to its log line. */
export function correlationId(request: FastifyRequest): string {
  const known = ids.get(request)
  if (known !== undefined) return known
  const made = uuidv7()
  ids.set(request, made)
  return made
}
