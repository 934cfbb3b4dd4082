import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'
import { person } from '../support/server/client.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const backtestNames = async ({ db, dataDir, policy }: { db: Database.Database; dataDir: string; policy: string }) => {
  const { position, data } = db.prepare("SELECT position, data FROM event WHERE stream LIKE 'login-%' LIMIT 1").get() as {
    position: number
    data: string
  }
  writeFileSync(policy, '{}')
  for (const damaged of ['{"s3cret', '{"s3cret":1}']) {
    db.prepare('UPDATE event SET data = ? WHERE position = ?').run(damaged, position)
    const { code, stdout, stderr } = await runCommand(['backtest', '--policy', policy], { DATA_DIR: dataDir })
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringMatching(new RegExp(`^[^\\n]*the event at position ${position} [^\\n]*\\n$`)),
    ])
    expect(stderr).not.toContain('s3cret')
  }
  db.prepare('UPDATE event SET data = ? WHERE position = ?').run(data, position)
}

describe('a command that fails names what is wrong', () => {
  let dataDir = ''
  let env: Record<string, string> = {}
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-messages-'))
    env = { DATA_DIR: dataDir }
    const app = await startTestServer({ dataDir })
    await app.register()
    await app.post('/login', { email: person.email, password: 'a wrong battery', transport: 'bearer' })
    await app.stop()
  })
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

  test('check asks for nothing that it does not read', async () => {
    const image = { NODE_ENV: 'production', HOST: '0.0.0.0' }
    expect(await runCommand(['check'], { ...env, ...image })).toMatchObject({ code: 0, stdout: 'No errors found.\n' })
    expect(await runCommand(['check'], { ...env, ...image, EVENT_STORE: 'postgres' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('EVENT_STORE'),
    })
  })

  test('a new key file that is not there is that of the option', async () => {
    const { code, stderr } = await runCommand(['rotate-master-key', '--new-key-file', join(dataDir, 'none')], env)
    expect(code).toBe(1)
    expect(stderr).toBe('the file that --new-key-file names does not exist\n')
  })

  test('Windows is named as what it does not run on', async () => {
    const windows = 'data:text/javascript,Object.defineProperty(process,`platform`,{value:`win32`})'
    const { code, stdout, stderr } = await runCommand(['serve'], { ...env, NODE_OPTIONS: `--import=${windows}` })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Gatebook does not run on Windows: .*\n$/)
  })

  test('a key file that is not there says nothing of events', async () => {
    const { stderr } = await runCommand(['rotate-signing-key'], { ...env, MASTER_KEY_FILE: join(dataDir, 'none') })
    expect(stderr).toBe('the file that MASTER_KEY_FILE names does not exist\n')
  })

  test('a key that does not fit is not said to be MASTER_KEY', async () => {
    const { stderr } = await runCommand(['rotate-signing-key'], { ...env, MASTER_KEY: Buffer.alloc(32, 9).toString('base64') })
    expect(stderr).toContain('master.key in DATA_DIR) does not open this log')
  })

  test('a stream that is not there is told', async () => {
    expect(await runCommand(['replay', '--stream', 'nope-1'], env)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('--stream'),
    })
  })

  test('a damaged event is named by its position, and nothing of it is shown', async () => {
    const db = new Database(join(dataDir, 'gatebook.db'))
    const { position, data } = db.prepare("SELECT position, data FROM event WHERE type = 'AccountRegistered'").get() as {
      position: number
      data: string
    }
    db.prepare('UPDATE event SET data = ? WHERE position = ?').run('{"s3cret', position)
    for (const args of [['replay'], ['replay', '--json']]) {
      const { code, stderr } = await runCommand(args, env)
      expect([code, stderr]).toEqual([1, expect.stringContaining(`position ${position} `)])
      expect(stderr).not.toContain('s3cret')
    }
    db.prepare('UPDATE event SET data = ? WHERE position = ?').run('{"other":1}', position)
    expect((await runCommand(['replay'], env)).stderr).toContain(`position ${position} `)
    await backtestNames({ db, dataDir, policy: join(dataDir, 'policy.json') })
    db.prepare('UPDATE event SET data = ? WHERE position = ?').run(data, position)
    db.close()
  })

  test('the findings of a check are listed', async () => {
    const db = new Database(join(dataDir, 'gatebook.db'))
    db.unsafeMode(true)
    db.pragma('writable_schema = ON')
    db.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, 'stream TEXT NOT NULL', 'stream TEXT NOT NULL CHECK (length(stream) < 3)') WHERE name = 'event'",
    )
    db.close()
    const { code, stderr } = await runCommand(['check'], env)
    expect(code).toBe(1)
    expect(stderr).toMatch(/with \d+ findings:\n.*CHECK constraint failed in event/)
  })

  test.skipIf(process.getuid?.() === 0)('a lock that belongs to somebody else is named', async () => {
    const own = mkdtempSync(join(tmpdir(), 'gatebook-lock-'))
    writeFileSync(join(own, 'gatebook.db'), '')
    writeFileSync(join(own, 'gatebook.lock'), '', { mode: 0o000 })
    expect((await runCommand(['check'], { DATA_DIR: own })).stderr).toContain('gatebook.lock cannot be opened')
    rmSync(own, { recursive: true })
  })
})
