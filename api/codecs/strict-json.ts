import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { isHazardous } from './json-hazards.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const maxDepth = 16

/**
 * `JSON.parse` for bytes, less what two readers may understand differently: ill-formed UTF-8, a byte order mark, a key twice in one object,
 * lone surrogates, keys that reach a prototype, and nesting deeper than 16. Whatever is accepted equals what `JSON.parse` makes of it.
 */
export function parseStrictJson(octets: Uint8Array): Either<'malformed', unknown> {
  try {
    const text = utf8.decode(octets)
    const value: unknown = JSON.parse(text)
    return isHazardous(text, maxDepth) ? left('malformed') : right(value)
  } catch {
    return left('malformed')
  }
}
