import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../domain/catalogue.ts'
import { Instant } from '../../../domain/kernel/instant.ts'
import { compile, refused } from '../../../projections/engine/compile-codec.ts'
import { anyOf } from '../../support/domain/any-event.ts'

type Json = Record<string, unknown>

const kinds = Object.values(catalogue).flat()
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json

/** Replaces, adds or removes one property at any depth. */
const spoilt = (data: Json, path: number, other: unknown): Json => {
  const names = Object.keys(data)
  const name = names[path % (names.length + 1)]
  if (name === undefined) return { ...data, surplus: other }
  const value = data[name]
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && path % 2 === 0)
    return { ...data, [name]: spoilt(value as Json, path >> 1, other) }
  if (other === undefined) return Object.fromEntries(Object.entries(data).filter(([key]) => key !== name))
  return { ...data, [name]: other }
}

const anythingElse = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.constantFrom(
    '2026-02-29T12:00:00.000Z',
    '2026-06-01T24:00:00.000Z',
    '2026-06-01T12:00:00.000+',
    '+012026-06-01T12:00:00.000Z',
    'pwd',
    'hasOwnProperty',
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
)

describe.each(kinds.map((kind) => [kind.type, kind.codec] as const))('the compiled codec of %s', (type, codec) => {
  const decode = compile(codec)
  const agrees = (stored: unknown) => {
    const decoded = codec.decode(stored as never)
    expect(decode(stored)).toEqual(decoded._tag === 'Right' ? decoded.right : refused)
  }

  test('reads what the codec reads, and refuses what it refuses', () => {
    fc.assert(
      fc.property(anyOf(codec), fc.nat({ max: 40 }), anythingElse, (event, path, other) => {
        const stored = asJson((codec as { encode: (event: unknown) => unknown }).encode(event))
        agrees(stored)
        expect(decode(stored)).not.toBe(refused)
        agrees({ ...stored, data: spoilt(stored.data as Json, path, other) })
        agrees({ ...stored, data: other })
        agrees({ ...stored, type: `${type}s` })
      }),
      { numRuns: 60 },
    )
  })
})

test('a compiled instant reads the texts that the codec reads, and no others', () => {
  const decode = compile(Instant)
  const digits = fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/)
  fc.assert(
    fc.property(fc.oneof(anythingElse, digits), (text) => {
      const decoded = Instant.decode(text)
      expect(decode(text)).toEqual(decoded._tag === 'Right' ? decoded.right : refused)
    }),
    { numRuns: 2_000 },
  )
})
