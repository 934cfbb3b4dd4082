import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hashSync } from 'bcrypt'
import Database from 'better-sqlite3'
import { openGatebook } from 'gatebook'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from '../support/run-command.ts'

const root = mkdtempSync(join(tmpdir(), 'gatebook-import-'))
const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1' }
const passwordHash = hashSync('correct horse battery', 4)
let dataDir = ''
let env: Record<string, string> = {}
let runs = 0
beforeEach(() => {
  runs += 1
  dataDir = join(root, `data-${runs}`)
  env = { ...cheap, DATA_DIR: dataDir }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const written = (name: string, content: string | Buffer) => {
  const file = join(root, name)
  writeFileSync(file, content)
  return file
}

const run = (from: string, file: string, ...options: string[]) => runCommand(['import', '--from', from, file, ...options], env)

const peopleOf = async () => {
  const gatebook = await openGatebook({ dataDir, argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' })
  const { accounts } = await gatebook.accounts.list()
  await gatebook.close()
  return accounts
}

describe('gatebook import', () => {
  const lines = [
    JSON.stringify({ email: 'ada@example.org', passwordHash, roles: ['clerk'], emailVerified: true }),
    '{"email": "broken',
    JSON.stringify({ email: 'not an address of anybody', passwordHash }),
    JSON.stringify({ email: 'ADA@example.org', passwordHash }),
    JSON.stringify({ email: 'bob@example.org', passwordHash: 'md5:5f4dcc3b5aa765d61d8327deb882cf99', disabled: true }),
  ].join('\r\n')
  const refused = [
    { line: 2, reason: 'line: expected a JSON object' },
    { line: 3, reason: expect.stringMatching(/^email: expected /) },
    { line: 4, reason: expect.stringMatching(/^email: expected an address that no earlier/) },
  ]

  test('imports what it can, names the lines that it cannot, and can be repeated', async () => {
    const file = written('people.ndjson', `\ufeff${lines}`)
    const report = join(root, 'report.ndjson')
    const { code, stdout, stderr } = await run('ndjson', file, '--json', '--report', report)
    expect([code, JSON.parse(stdout)]).toEqual([3, expect.objectContaining({ created: 2, skipped: 0, refused: 3, refusals: refused })])
    expect(statSync(report).mode & 0o777).toBe(0o600)
    const outcomes = readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(outcomes.filter(({ outcome }) => outcome === 'created').map(({ line, accountId }) => [line, typeof accountId])).toEqual(
      expect.arrayContaining([
        [1, 'string'],
        [5, 'string'],
      ]),
    )
    // An id may happen to have these letters.
    const said = `${stdout}${stderr}${readFileSync(report, 'utf8')}`.toLowerCase().replaceAll(/[0-9a-f-]{36}/g, '')
    for (const personal of ['ada', 'bob', 'anybody', '$2b$', '5f4dcc']) expect(said).not.toContain(personal)
    expect((await peopleOf()).map(({ email, status, roles }) => [email, status, roles])).toEqual(
      expect.arrayContaining([
        ['ada@example.org', 'active', ['clerk']],
        ['bob@example.org', 'disabled', []],
      ]),
    )
    const again = await run('ndjson', file, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, skipped: 2, refused: 3 })
    expect(await run('ndjson', file, '--report', report)).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--report: /) })
  })

  test('makes nothing in a dry run', async () => {
    const { code, stdout } = await run('ndjson', written('dry.ndjson', lines), '--dry-run', '--json')
    expect([code, JSON.parse(stdout)]).toEqual([3, expect.objectContaining({ dryRun: true, created: 2, refused: 3, refusals: refused })])
    expect(existsSync(dataDir)).toBe(false)
  })

  test('reads CSV, Keycloak and Better Auth', async () => {
    const csv = written('people.csv', `email,password_hash\ncsv@example.org,${passwordHash}\n`)
    expect(await run('csv', csv)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 accounts created, 0 skipped/) })
    const secretData = JSON.stringify({ value: 'JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=', salt: 'P5rtFkGtPfoaryJ6PizUJw==' })
    const credentialData = JSON.stringify({ hashIterations: 27_500, algorithm: 'pbkdf2-sha256' })
    const user = {
      email: 'kc@example.org',
      enabled: true,
      realmRoles: ['Boss', 'admin'],
      credentials: [{ type: 'password', secretData, credentialData }],
    }
    const realm = written('realm.json', JSON.stringify({ realm: 'x', users: [user] }))
    expect(await run('keycloak', realm)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('user 1: roles.0: expected a role name'),
    })
    expect(await run('keycloak', realm, '--ignore-role', 'Boss', '--ignore-role', 'admin')).toMatchObject({ code: 0 })
    const file = join(root, 'better-auth.db')
    const db = new Database(file)
    db.exec(`CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT, email TEXT, emailVerified INTEGER, twoFactorEnabled INTEGER);
      CREATE TABLE account (id TEXT PRIMARY KEY, userId TEXT, providerId TEXT, password TEXT);
      INSERT INTO user VALUES ('1', 'A', 'ba@example.org', 1, 0), ('2', 'B', 'ba2@example.org', 0, 1);
      INSERT INTO account VALUES ('a', '1', 'credential', '${passwordHash}'), ('b', '2', 'github', NULL)`)
    db.close()
    expect(await run('better-auth', file)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('user 2: second factor: expected codes'),
    })
    expect(await run('better-auth', file, '--drop-second-factors')).toMatchObject({ code: 0 })
    expect((await peopleOf()).map(({ email }) => email).sort()).toEqual(
      ['ba2@example.org', 'ba@example.org', 'csv@example.org', 'kc@example.org'].sort(),
    )
  })

  test('refuses arguments that are wrong, before it opens the log', async () => {
    const file = written('x.ndjson', '')
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [['--from', 'ldap', file], /--from/],
      [[file], /--from/],
      [['--from', 'ndjson'], /file/],
      [['--from', 'ndjson', join(root, 'none')], /^FILE: /],
      [['--from', 'ndjson', root], /^FILE: /],
      [['--from', 'better-auth', file], /^FILE: /],
      [['--from', 'ndjson', '--report', join(root, 'none', 'report.ndjson'), file], /^--report: /],
      [['--from', 'ndjson', '--report', file, file], /^--report: /],
      [['--from', 'firebase', file], /^--hash-config: /],
      [['--from', 'firebase', '--hash-config', file, file], /^--hash-config: /],
    ]
    for (const [options, expected] of wrong) {
      expect([options, await runCommand(['import', ...options], env)]).toEqual([
        options,
        expect.objectContaining({ code: 2, stdout: '', stderr: expect.stringMatching(expected) }),
      ])
    }
    expect(existsSync(dataDir)).toBe(false)
    const report = join(root, 'unused.ndjson')
    expect(await runCommand(['import', '--from', 'ndjson', '--report', report, file], { ...env, ARGON2_TIME: 'x' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ARGON2_TIME: expected'),
    })
    expect(existsSync(report)).toBe(false)
  }, 480_000)

  test('warns of exports that may hide who has a second factor', async () => {
    const file = written('auth0.ndjson', JSON.stringify({ email: 'a0@example.org', passwordHash: hashSync('correct horse battery', 4) }))
    expect(await run('auth0', file, '--dry-run')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: .* second factor/) })
    expect((await run('ndjson', file, '--dry-run')).stderr).not.toContain('warning')
  })

  test('goes on after kill -9, and nobody is imported twice or lost', async () => {
    const people = Array.from({ length: 3_000 }, (_, n) => JSON.stringify({ email: `p${n}@example.org`, passwordHash, roles: ['clerk'] }))
    const file = written('many.ndjson', people.join('\n'))
    const report = join(root, 'killed.ndjson')
    const { child } = startCommand(['import', '--from', 'ndjson', '--report', report, file], env)
    while (!existsSync(report) || statSync(report).size < 40_000) await pause(2)
    child.kill('SIGKILL')
    await once(child, 'close')
    const { code, stdout } = await run('ndjson', file, '--json')
    const { created, skipped } = JSON.parse(stdout)
    expect([code, created + skipped]).toEqual([0, 3_000])
    expect(skipped).toBeGreaterThan(100)
    expect(created).toBeGreaterThan(0)
    const third = await run('ndjson', file, '--json')
    expect(JSON.parse(third.stdout)).toMatchObject({ created: 0, skipped: 3_000 })
  }, 240_000)
})
