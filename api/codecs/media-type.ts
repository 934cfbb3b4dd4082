import type { FastifyRequest } from 'fastify'

const accepted = new Set([
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=utf-8',
  'application/json; charset="utf-8"',
])

/** Compared as a whole, because media types that are almost right have been used to get around validation. */
export function isJson(request: FastifyRequest): boolean {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers
  return (type === undefined || accepted.has(type) || accepted.has(type.toLowerCase())) && encoding === undefined
}
