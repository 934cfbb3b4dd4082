import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { english } from '../../application/notifications/texts/english.ts'

test('docs/mail.md has a row for each mail', () => {
  const rows = readFileSync('docs/mail.md', 'utf8')
    .split('| mail | sent | gets |')[1]
    ?.split('\n\n')[0]
    ?.split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, kind]) => kind))
  expect(rows?.toSorted()).toEqual(Object.keys(english).toSorted())
})
