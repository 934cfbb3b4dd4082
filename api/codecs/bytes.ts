import * as t from 'io-ts'
import { annotate } from './json-schema.ts'

const isBytes = (u: unknown): u is Uint8Array => u instanceof Uint8Array

/** A body that is no JSON: `application/octet-stream` of at most so many bytes. */
export function bytes(most: number) {
  const codec = new t.Type<Uint8Array, Uint8Array, unknown>(
    'bytes',
    isBytes,
    (u, context) => (isBytes(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  )
  return Object.assign(annotate(codec, { type: 'string', format: 'binary' }), { most })
}
