import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const golden = join(import.meta.dirname, '../golden')

const jsonFiles = readdirSync(golden).filter((file) => file.endsWith('.json'))

const namesIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : []

/** `gatebook copy` changes every position and the revisions of key streams: an event that holds an old one would be wrong. */
test('no event that was ever shipped holds a position of the log', () => {
  const names = jsonFiles.flatMap((file) => namesIn(JSON.parse(readFileSync(join(golden, file), 'utf8'))))
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => /position|checkpoint/i.test(name))).toEqual([])
})
