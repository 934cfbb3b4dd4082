import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { parseAddress } from '../../application/network.ts'
import { Instant } from '../../domain/kernel/instant.ts'
import { annotate, type JsonSchema } from './json-schema.ts'

/** `expected` is what the error response says. */
export function described<A, O>(codec: t.Type<A, O, unknown>, expected: string, schema: JsonSchema): t.Type<A, O, unknown> {
  return annotate(
    new t.Type<A, O, unknown>(
      expected,
      codec.is,
      (u, context) => {
        const decoded = codec.validate(u, context)
        return isRight(decoded) ? decoded : t.failure(u, context)
      },
      codec.encode,
    ),
    schema,
  )
}

/** Lengths in code points, as in JSON Schema. */
export function text(minLength: number, maxLength: number) {
  const fits = (s: string) => {
    if (s.length < minLength || s.length > maxLength * 2) return false
    const length = [...s].length
    return length >= minLength && length <= maxLength
  }
  const codec = new t.Type<string, string, unknown>(
    'text',
    (u): u is string => typeof u === 'string' && fits(u),
    (u, context) => (typeof u === 'string' && fits(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  )
  return described(codec, `a string of ${minLength} to ${maxLength} characters`, { type: 'string', minLength, maxLength })
}

export function uuid<A>(codec: t.Type<A, unknown, unknown>) {
  return described(codec, 'a lowercase UUID', { type: 'string', format: 'uuid' })
}

export const time = described(Instant, 'an ISO 8601 time in UTC with milliseconds', { type: 'string', format: 'date-time' })

export function wholeNumberText(least: number, most: number) {
  const codec = new t.Type<number, string, unknown>(
    'whole number',
    (u): u is number => typeof u === 'number' && Number.isSafeInteger(u) && u >= least && u <= most,
    (u, context) => {
      const number = typeof u === 'string' && /^(0|[1-9][0-9]{0,15})$/.test(u) ? Number(u) : Number.NaN
      return Number.isSafeInteger(number) && number >= least && number <= most ? t.success(number) : t.failure(u, context)
    },
    String,
  )
  return described(codec, `a whole number from ${least} to ${most}`, { type: 'integer', minimum: least, maximum: most })
}

const addressIn = (u: unknown) => (typeof u === 'string' && !u.includes('%') ? parseAddress(u)?.toString() : undefined)

/** Decodes to the one spelling of callers' addresses. A zone is refused: it means nothing on another machine. */
export const ipAddress = described(
  new t.Type<string, string, unknown>(
    'IP address',
    (u): u is string => addressIn(u) === u,
    (u, context) => {
      const address = addressIn(u)
      return address === undefined ? t.failure(u, context) : t.success(address)
    },
    t.identity,
  ),
  'an IPv4 or IPv6 address',
  { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
)

export const noBody = annotate(
  new t.Type<undefined, undefined, unknown>(
    'no body, or {}',
    (u): u is undefined => u === undefined,
    (u, context) =>
      u === undefined || (typeof u === 'object' && u !== null && !Array.isArray(u) && Object.keys(u).length === 0)
        ? t.success(undefined)
        : t.failure(u, context),
    t.identity,
  ),
  { type: 'object', maxProperties: 0 },
)
