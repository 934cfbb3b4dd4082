import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/asvs.md', root), 'utf8')

type Row = { readonly requirement: string; readonly level: string; readonly verdict: string; readonly how: string }
const rows: readonly Row[] = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, requirement = '', level = '', verdict = '', how = '']) => ({ requirement, level, verdict, how }),
)

const numbered = (section: string, last: number) => Array.from({ length: last }, (_, n) => `${section}.${n + 1}`)

/** ASVS 5.0.0, levels 1 and 2. */
const required = [
  ...numbered('6.1', 3),
  ...numbered('6.2', 12),
  ...numbered('6.3', 4),
  ...numbered('6.4', 4),
  ...numbered('6.5', 5),
  ...numbered('6.6', 3),
  ...numbered('6.8', 4),
  ...numbered('7.1', 3),
  ...numbered('7.2', 4),
  ...numbered('7.3', 2),
  ...numbered('7.4', 5),
  ...numbered('7.5', 2),
  ...numbered('7.6', 2),
  ...numbered('8.1', 2),
  ...numbered('8.2', 3),
  '8.3.1',
  '8.4.1',
  ...numbered('9.1', 3),
  ...numbered('9.2', 4),
  '16.1.1',
  ...numbered('16.2', 5),
  ...numbered('16.3', 4),
  ...numbered('16.4', 3),
  ...numbered('16.5', 3),
  '3.4.1',
  '13.3.1',
  '13.4.5',
]

test('docs/asvs.md has every requirement of its chapters once, in order', () =>
  expect(rows.map(({ requirement }) => requirement)).toEqual(required))

test('every verdict is one of four', () =>
  expect(rows.filter(({ verdict }) => !['yes', 'partly', 'no', 'n/a'].includes(verdict))).toEqual([]))

test('every file that it names exists', () => {
  const tests = [...page.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path = '']) => path)
  const pages = [...page.matchAll(/\]\(([\w/-]+\.md)\)/g)].map(([, path = '']) => `docs/${path}`)
  expect(tests.length).toBeGreaterThan(50)
  expect([...tests, ...pages].filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
