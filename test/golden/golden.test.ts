import { readFileSync } from 'node:fs'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Shape, shapeOf } from '../../api/codecs/codec-shape.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { eventReader, type StoredEvent } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { fingerprint, goldenNames, manifest } from '../../scripts/golden/golden.ts'

const kinds = Object.values(catalogue).flat()
/** The places of a shape, such as `.guesses[].guessed`, where only certain words may stand, each with one of them. */
const wordsIn = (shape: Shape, place = ''): readonly string[] => {
  switch (shape.type) {
    case 'literal':
      return [`${place} ${shape.value}`]
    case 'words':
      return shape.words.map((word) => `${place} ${word}`)
    case 'one_of':
      return shape.shapes.flatMap((one) => wordsIn(one, place))
    case 'list':
      return wordsIn(shape.of, `${place}[]`)
    case 'fields':
      return Object.entries(shape.required).flatMap(([field, of]) => wordsIn(of, `${place}.${field}`))
    default:
      return []
  }
}

const valuesIn = (value: unknown, place = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => valuesIn(item, `${place}[]`))
  if (typeof value !== 'object' || value === null) return [`${place} ${value}`]
  return Object.entries(value).flatMap(([field, of]) => valuesIn(of, `${place}.${field}`))
}

const reader = eventReader(kinds, upcasters)
const examplesIn = (name: string) => JSON.parse(readFileSync(`test/golden/${name}`, 'utf8')) as readonly StoredEvent[]

describe('the golden files', () => {
  test('hold every event of the catalogue (npm run golden:add)', () => {
    expect(goldenNames()).toEqual(expect.arrayContaining(kinds.map((kind) => `${kind.type}@${kind.version}.json`)))
  })

  test('are the ones in the manifest: what was shipped is neither edited nor deleted', () => {
    expect(Object.fromEntries(goldenNames().map((name) => [name, fingerprint(name)]))).toEqual(manifest())
  })

  test('name each event once in the catalogue', () => {
    expect(new Set(kinds.map((kind) => kind.type)).size).toBe(kinds.length)
  })

  test.each(kinds.map((kind) => [`${kind.type}@${kind.version}`, kind] as const))('%s shows every field and every word', (name, kind) => {
    const shape = shapeOf(kind.codec)
    const data = shape.type === 'fields' ? shape.required.data : undefined
    const fields = data?.type === 'fields' ? data.required : {}
    const examples = examplesIn(`${name}.json`).map((event) => event.data as Record<string, unknown>)
    expect(examples).not.toEqual([])
    for (const example of examples) expect(Object.keys(example).sort()).toEqual(Object.keys(fields).sort())
    if (data !== undefined) expect(examples.flatMap((example) => valuesIn(example))).toEqual(expect.arrayContaining([...wordsIn(data)]))
  })

  test.each(goldenNames())('%s is read today, and written again as today has it', (name) => {
    const current = kinds.some((kind) => `${kind.type}@${kind.version}.json` === name)
    for (const stored of examplesIn(name)) {
      const read = reader.decode(stored)
      if (!isRight(read)) throw new Error(`${name} cannot be read any more`)
      const written = reader.encode(read.right)
      if (current) expect(written).toEqual(stored)
      else expect(reader.decode(written)).toEqual(read)
    }
  })
})
