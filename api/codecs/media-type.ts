import type { FastifyRequest } from 'fastify'

const accepted = new Set([
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=utf-8',
  'application/json; charset="utf-8"',
])

/**
 * No content type, or exactly `application/json` (UTF-8). Compared as a whole, because media types that are nearly right have led around
 * validation; Node has trimmed the value already.
 */
export function isJson(request: FastifyRequest): boolean {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers
  return (type === undefined || accepted.has(type) || accepted.has(type.toLowerCase())) && encoding === undefined
}
