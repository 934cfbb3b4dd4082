import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { isHazardous } from './json-hazards.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const maxDepth = 16

/** `JSON.parse` without what two readers may understand differently: invalid UTF-8, repeated keys, lone surrogates, deep nesting. */
export function parseStrictJson(octets: Uint8Array): Either<'malformed', unknown> {
  try {
    const text = utf8.decode(octets)
    const value: unknown = JSON.parse(text)
    return isHazardous(text, maxDepth) ? left('malformed') : right(value)
  } catch {
    return left('malformed')
  }
}
