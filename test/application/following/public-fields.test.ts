import { describe, expect, test } from 'vitest'
import { type Shape, shapeOf } from '../../../api/codecs/codec-shape.ts'
import { publicFields } from '../../../application/following/public-fields.ts'
import { catalogue } from '../../../domain/catalogue.ts'

const kinds = Object.entries(catalogue).flatMap(([category, events]) => events.map((kind) => ({ category, kind })))

const rulesOf = (type: string) => (publicFields as Readonly<Record<string, Readonly<Record<string, string>> | null>>)[type]

const dataOf = (kind: (typeof kinds)[number]['kind']) => {
  const shape = shapeOf(kind.codec)
  const data = shape.type === 'fields' ? shape.required.data : undefined
  if (data?.type !== 'fields') throw new Error('an event without data')
  return data.required
}

/** Every name of a codec that a shape is made of. */
const namesIn = (shape: Shape): readonly string[] => {
  switch (shape.type) {
    case 'one_of':
    case 'all_of':
      return [shape.name, ...shape.shapes.flatMap(namesIn)]
    case 'list':
    case 'dictionary':
    case 'refinement':
      return [shape.name, ...namesIn(shape.of)]
    case 'fields':
      return [shape.name, ...Object.values({ ...shape.required, ...shape.optional }).flatMap(namesIn)]
    default:
      return [shape.name]
  }
}

const sealedFields: Readonly<Record<string, string>> = {
  email: 'email',
  replacedEmail: 'email',
  ipAddress: 'address',
  userAgent: 'user_agent',
}

describe('what of an event is public', () => {
  test('is decided for every event of the catalogue, and for no other', () => {
    expect(Object.keys(publicFields).sort()).toEqual(kinds.map(({ kind }) => kind.type).sort())
  })

  const shown = kinds.flatMap(({ category, kind }) =>
    Object.entries(rulesOf(kind.type) ?? {}).map(([name, treatment]) => ({
      type: kind.type,
      category,
      name,
      treatment,
      fields: dataOf(kind),
    })),
  )

  test.each(shown.filter(({ treatment }) => treatment !== 'stream'))(
    '$type shows $name, which it has, in the way of its type, and which is no secret',
    ({ name, treatment, fields }) => {
      expect(Object.keys(fields)).toContain(name)
      const names = namesIn(fields[name] as Shape)
      for (const secret of ['BlindIndex', 'TokenHash', 'Sha256']) expect(names).not.toContain(secret)
      expect(names.includes('Instant')).toBe(treatment === 'time')
      expect(names.includes('Sealed') ? treatment : undefined).toBe(sealedFields[name])
      expect(name).not.toMatch(/password|secret|recoveryCodes|challenge|token(?!Id)|hash|key/i)
    },
  )

  test('takes only ids of sessions and fingerprints from names of streams, each of its own category', () => {
    const fromStream = shown.filter(({ treatment }) => treatment === 'stream')
    expect(new Set(fromStream.map(({ name, category }) => `${category} ${name}`))).toEqual(
      new Set(['session sessionId', 'identity fingerprint']),
    )
  })

  test('is nothing of keys, summaries, claims of addresses and guesses', () => {
    for (const { category, kind } of kinds) {
      const isInternal = ['dataKey', 'importedHashes', 'signingKeys', 'emailClaim', 'refusedGuesses', 'access'].includes(category)
      if (isInternal || kind.type.endsWith('Summarized')) expect([kind.type, rulesOf(kind.type)]).toEqual([kind.type, null])
    }
  })
})
