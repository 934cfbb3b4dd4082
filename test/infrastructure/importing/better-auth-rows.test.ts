import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBetterAuth } from '../../../infrastructure/importing/files/better-auth-rows.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatebook-better-auth-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const made = (sql: string) => {
  const file = join(folder, 'auth.db')
  const db = new Database(file)
  db.exec(sql)
  db.close()
  return file
}

const schema = (id = 'TEXT') => `CREATE TABLE user (id ${id} PRIMARY KEY, email TEXT, emailVerified INTEGER, twoFactorEnabled INTEGER);
  CREATE TABLE account (id TEXT PRIMARY KEY, userId ${id}, providerId TEXT, password TEXT);`

const opened = (file: string) => {
  const source = openBetterAuth(file)
  if (source === null) throw new Error('It was not opened')
  return source
}

test('users of Better Auth have the password of their first credential account, in the order in which they are there', () => {
  const file = made(`${schema()}
    INSERT INTO user VALUES ('z', 'z@x.org', 1, 0), ('a', 'a@x.org', 0, 1), ('b', 'b@x.org', 0, 0);
    INSERT INTO account VALUES ('1', 'a', 'github', NULL), ('2', 'a', 'credential', 'of a'), ('3', 'z', 'credential', 'of z'),
      ('4', 'z', 'credential', 'another'), ('5', 'b', 'github', 'no password')`)
  const source = opened(file)
  expect([source.count, [...source.rows()]]).toEqual([
    3,
    [
      { email: 'z@x.org', emailVerified: 1, twoFactorEnabled: 0, password: 'of z' },
      { email: 'a@x.org', emailVerified: 0, twoFactorEnabled: 1, password: 'of a' },
      { email: 'b@x.org', emailVerified: 0, twoFactorEnabled: 0, password: null },
    ],
  ])
  source.close()
  expect(readdirSync(folder)).toEqual(['auth.db'])
})

test('ids may be numbers', () => {
  const source = opened(
    made(`${schema('INTEGER')} INSERT INTO user VALUES (7, 'a@x.org', 1, 0); INSERT INTO account VALUES ('1', 7, 'credential', 'of a')`),
  )
  expect([...source.rows()]).toMatchObject([{ password: 'of a' }])
  source.close()
})

test('no user costs a scan: without an index on account, twenty thousand are read as one is', () => {
  const people = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)'
  const source = opened(
    made(`${schema()}
    ${people} INSERT INTO user SELECT 'u' || i, 'p' || i || '@x.org', 1, 0 FROM n;
    ${people} INSERT INTO account SELECT 'a' || i, 'u' || i, 'credential', 'of ' || i FROM n`),
  )
  expect(source.plan()).toEqual([
    'SCAN u',
    expect.stringMatching(/^SEARCH c USING INDEX/),
    expect.stringMatching(/^SEARCH a USING INTEGER/),
  ])
  let right = 0
  for (const { email, password } of source.rows()) if (email === `p${String(password).slice(3)}@x.org`) right += 1
  expect(right).toBe(20_000)
  source.close()
})

test('a file that does not say who has a second factor is none of Better Auth', () => {
  const file = made(`CREATE TABLE user (id TEXT PRIMARY KEY, email TEXT, emailVerified INTEGER); CREATE TABLE twoFactor (id TEXT);
    CREATE TABLE account (id TEXT PRIMARY KEY, userId TEXT, providerId TEXT, password TEXT)`)
  expect(openBetterAuth(file)).toBeNull()
  expect(existsSync(file)).toBe(true)
})
