import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from '../../support/run-command.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'
import { usedDataDir } from '../../support/used-data-dir.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-refold-'))
const dataDir = join(folder, 'data')
let masterKey = ''

beforeAll(async () => {
  const lived = await usedDataDir({ people: 1 })
  masterKey = lived.masterKey
  cpSync(lived.dataDir, dataDir, { recursive: true })
  lived.remove()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const refold = async (dir: string, ...args: readonly string[]) => {
  const { code, stdout, stderr } = await runCommand(['refold', ...args, '--json'], { DATA_DIR: dir })
  const lines = stdout.trimEnd().split('\n')
  return { code, stderr, lines: stdout === '' ? [] : lines.map((line) => JSON.parse(line)) }
}

const tampered = (name: string, sql: string) => {
  const copy = join(folder, name)
  cpSync(dataDir, copy, { recursive: true })
  const db = new Database(join(copy, 'gatebook.db'))
  db.exec(sql)
  db.close()
  return copy
}

const scratchFiles = (dir: string) => readdirSync(dir).filter((name) => name.startsWith('scratch-'))

describe('gatebook refold', () => {
  test('finds no difference in what the server has kept, while it runs and writes', async () => {
    const app = await startTestServer({ dataDir, env: { MASTER_KEY: masterKey } })
    let stopped = false
    const writing = (async () => {
      for (let n = 0; !stopped; n++) await app.register({ email: `while${n}@example.org` })
    })()
    const all = await refold(dataDir, '--all')
    const samples = await refold(dataDir, '--samples', '300')
    stopped = true
    await writing
    await app.stop()
    expect(all).toEqual({ code: 0, stderr: '', lines: [{ checked: expect.any(Number), differences: 0, named: 0 }] })
    expect(all.lines[0].checked).toBeGreaterThan(30)
    expect(samples).toMatchObject({ code: 0, lines: [{ differences: 0 }] })
    expect(samples.lines[0].checked).toBeGreaterThan(5)
    expect(scratchFiles(dataDir)).toEqual([])
  })

  test('names what was changed, with exit code 3, and shows no personal data', async () => {
    const copy = tampered(
      'changed',
      "UPDATE session_holders_v6 SET ended = 0, kept = NULL WHERE ended > 0; UPDATE accounts_v7 SET email = 'ada@example.org' WHERE number = 3",
    )
    const { code, lines } = await refold(copy, '--all')
    expect(code).toBe(3)
    expect(lines).toContainEqual(expect.objectContaining({ what: 'different', table: 'session_holders_v6', column: 'ended', found: '0' }))
    expect(lines).toContainEqual(expect.objectContaining({ what: 'different', table: 'accounts_v7', column: 'email' }))
    expect(lines.at(-1)).toMatchObject({ differences: lines.length - 1, named: lines.length - 1 })
    expect(JSON.stringify(lines)).not.toContain('ada@')
    expect(await refold(copy, '--samples', '400')).toMatchObject({ code: 3 })
    const inWords = await runCommand(['refold', '--all'], { DATA_DIR: copy })
    expect(inWords.stdout).toMatch(/^accounts_v7 [0-9a-f-]{36}: email is sha256:[0-9a-f]{12}, expected sha256:[0-9a-f]{12}$/m)
    expect(inWords.stdout).toMatch(/ rows compared with the log: \d+ differences\.\n$/)
    // Nothing is mended by looking.
    expect(await refold(copy, '--all')).toMatchObject({ code: 3 })
  })

  test('names at most a thousand differences of a table, and counts all', async () => {
    const copy = tampered(
      'many',
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO audit_days_v8 SELECT -i, 0, 0 FROM n',
    )
    const { code, lines } = await refold(copy, '--all')
    expect(code).toBe(3)
    expect(lines).toHaveLength(1_001)
    expect(lines.at(-1)).toMatchObject({ differences: 1_500, named: 1_000 })
  })

  test('leaves no file behind when it is interrupted or killed', async () => {
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const { child, ended } = startCommand(['refold', '--all'], { DATA_DIR: dataDir })
      for (let tries = 0; tries < 40 && scratchFiles(dataDir).length === 0 && child.exitCode === null; tries++) await pause(5)
      await pause(60)
      child.kill(signal)
      const { code } = await ended
      expect([0, 130, null]).toContain(code)
      expect(scratchFiles(dataDir)).toEqual([])
    }
  })

  test('says that an event is damaged, and where, with exit code 1', async () => {
    const copy = tampered(
      'damaged',
      "UPDATE event SET data = '{}' WHERE position = (SELECT max(position) FROM event WHERE type = 'SessionGranted')",
    )
    const { code, stderr, lines } = await refold(copy, '--all')
    expect({ code, lines }).toEqual({ code: 1, lines: [] })
    expect(stderr).toMatch(/the projection stopped at session-[0-9a-f-]{36} revision 0 \(SessionGranted@3\): it cannot be read\n$/)
  })

  test('refuses arguments that contradict each other, and a directory without a log', async () => {
    expect(await refold(dataDir, '--all', '--samples', '3')).toMatchObject({ code: 2, stderr: '--samples: not together with --all\n' })
    expect((await refold(dataDir, '--samples', 'many')).code).toBe(2)
    expect(await refold(join(folder, 'nowhere'))).toMatchObject({ code: 1, lines: [] })
    expect((await runCommand(['refold'], { EVENT_STORE: 'memory' })).code).toBe(2)
  })
})
