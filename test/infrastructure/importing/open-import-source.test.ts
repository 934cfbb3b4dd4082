import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openImportSource, type SourceRecord } from '../../../infrastructure/importing/open-import-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-source-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a user of a JSON export is refused for broken UTF-8 only in what is kept', async () => {
  const file = join(folder, 'realm.json')
  const broken = Buffer.from([0xc3, 0x28])
  const users = ['{"email":"a@example.org","firstName":"', '"},{"email":"', '"},{"email":"c@example.org","lastName":"\\ufffd"}']
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`{"users":[${users[0]}`), broken, Buffer.from(users[1] ?? ''), broken, Buffer.from(`${users[2]}]}`)]),
  )
  const source = openImportSource({ format: 'keycloak', file, hashConfig: null })
  const found: SourceRecord[] = []
  for await (const record of source?.records ?? []) found.push(record)
  expect(found).toMatchObject([
    { number: 1, user: { account: { email: 'a@example.org' } } },
    { number: 2, user: { refused: 'user: expected UTF-8 without U+FFFD in all that is kept' } },
    { number: 3, user: { account: { email: 'c@example.org' } } },
  ])
})
