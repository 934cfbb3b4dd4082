import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../support/run-command.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

describe('gatebook audit export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-audit-cli-'))
  const env = { DATA_DIR: folder, MASTER_KEY: Buffer.alloc(32, 9).toString('base64') }
  let app: InProcess
  let root = ''
  let ada: { readonly accountId: string; readonly token: string }
  const run = (...args: readonly string[]) => runCommand(['audit', 'export', ...args], env)
  const overApi = async (query: string) => (await app.get(`/audit/export?${query}`, root)).text
  const session = async () => (await app.get('/session', ada.token)).body.session.id as string

  beforeAll(async () => {
    app = await startTestServer({ dataDir: folder, env })
    root = (await app.setUp(setupToken)).token
    ada = await app.register()
    await app.get('/audit', root)
  })
  afterAll(async () => {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('prints what GET /audit/export sends, beside the running server, with the addresses only if it is asked to', async () => {
    for (const format of ['ndjson', 'csv']) {
      const { code, stdout, stderr } = await run('--format', format, '--with-addresses')
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toBe(await overApi(`format=${format}`))
    }
    const { stdout } = await run()
    expect(stdout).not.toContain('127.0.0.1')
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).address),
    ).toEqual(expect.arrayContaining([null]))
  })

  test('takes the filters of the API, together', async () => {
    const id = await session()
    const [args, query] = [
      [
        '--account',
        ada.accountId,
        '--type',
        'SessionGranted',
        '--type',
        'AccountRegistered',
        '--session',
        id,
        '--address',
        '::ffff:127.0.0.1',
      ],
      `account=${ada.accountId}&type=SessionGranted,AccountRegistered&session=${id}&address=127.0.0.1`,
    ]
    const { stdout } = await run(...args, '--from', '1h', '--to', '2999-01-01', '--with-addresses')
    expect(stdout).toBe(await overApi(query))
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  test('changes nothing in the log', async () => {
    const head = await app.gatebook.store.head()()
    await run('--with-addresses', '--address', '127.0.0.1')
    expect(await app.gatebook.store.head()()).toEqual(head)
  })

  test('ends quietly when its reader goes away', async () => {
    const script = `'${process.execPath}' cli/gatebook.ts audit export | true; echo "code \${PIPESTATUS[0]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', script], { env: { PATH: process.env.PATH, ...env } })
    expect([stdout, stderr]).toEqual(['code 0\n', ''])
  })

  test.each([
    [['--format', 'xml'], 'ndjson, csv'],
    [['--account', 'x'], 'the id of an account'],
    [['--session', 'x'], 'the id of a session'],
    [['--type', 'Nothing'], 'the type of an event'],
    [['--address', 'canary'], 'an IPv4 or IPv6 address'],
    [['--from', 'yesterday'], 'a time such as'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await run(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  })

  test('says that another master key opens nothing', async () => {
    const other = await runCommand(['audit', 'export', '--with-addresses'], { ...env, MASTER_KEY: Buffer.alloc(32, 8).toString('base64') })
    expect(other).toMatchObject({ code: 1, stdout: '' })
    expect(other.stderr).toContain('MASTER_KEY')
  })

  test('says what to do about a trail that is not built', async () => {
    const copy = join(folder, 'copy', 'gatebook.db')
    const db = new Database(join(folder, 'gatebook.db'), { readonly: true })
    mkdirSync(join(folder, 'copy'))
    db.prepare('VACUUM INTO ?').run(copy)
    db.close()
    const changed = new Database(copy)
    changed.exec("UPDATE read_model SET version = 7 WHERE name = 'audit'")
    changed.close()
    const { code, stderr } = await runCommand(['audit', 'export'], { DATA_DIR: join(folder, 'copy') })
    expect([code, stderr]).toEqual([1, 'The audit trail of this file is not built: start the server, or run gatebook rebuild\n'])
  })
})
