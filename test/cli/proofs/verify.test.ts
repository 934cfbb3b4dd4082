import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../../infrastructure/event-store/sqlite/backup/write-backup.ts'
import { runCommand } from '../../support/run-command.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-verify-'))
const place = (name: string) => join(folder, name)
const env = { MASTER_KEY: `${'A'.repeat(43)}=`, PUBLIC_ORIGIN: 'http://localhost:1984', DATA_DIR: place('data') }

const signed = async (app: InProcess) => {
  const head = await app.gatebook.proofs.checkpoint()
  return isLeft(head) ? expect.unreachable(head.left.detail) : head.right
}

let early: Awaited<ReturnType<typeof signed>>
let late: typeof early

/** A directory with a checkpoint, a backup, and people that came afterwards. */
beforeAll(async () => {
  const app = await startTestServer({ dataDir: place('data'), env })
  await app.setUp(setupToken)
  early = await signed(app)
  const backup = await writeBackup({ log: place('data/gatebook.db'), file: place('backup.db') })
  if (isLeft(backup)) throw new Error(backup.left.detail)
  for (const name of ['ada', 'bob', 'eve']) await app.register({ email: `${name}@example.org` })
  late = await signed(app)
  await app.stop()
  writeFileSync(place('early.txt'), early.note)
  writeFileSync(place('late.txt'), late.note)
  copyFileSync(place('data/proofs.db'), place('proofs-elsewhere.db'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const verify = async (args: readonly string[] = []) => {
  const { code, stdout, stderr } = await runCommand(['verify', ...args, '--json'], env)
  return { code, stderr, told: stdout === '' ? null : JSON.parse(stdout) }
}

const onCopy = async (sql: string, args: readonly string[] = []) => {
  copyFileSync(place('data/gatebook.db'), place('copy.db'))
  const db = new Database(place('copy.db'))
  const before = db
    .prepare<[], number>("SELECT position FROM event WHERE type = 'AccountRegistered' ORDER BY position LIMIT 1 OFFSET 1")
    .pluck()
    .get()
  db.exec(sql)
  db.close()
  return { ...(await verify([place('copy.db'), ...args])), position: before }
}

describe('gatebook verify', () => {
  test('finds nothing in a log that nobody changed, with checkpoints from outside and the key that signed them', async () => {
    const args = ['--checkpoint', place('early.txt'), '--checkpoint', place('late.txt'), '--vkey', late.vkey]
    const told = { ok: true, finding: null, events: late.size, leaves: late.size, checkpoints: 4 }
    expect(await verify(args)).toMatchObject({ code: 0, told })
  })

  test('names the position of an event that was changed', async () => {
    const change = `UPDATE event SET actor = 'somebody' WHERE type = 'AccountRegistered'
      AND position = (SELECT position FROM event WHERE type = 'AccountRegistered' ORDER BY position LIMIT 1 OFFSET 1)`
    const { position, ...found } = await onCopy(change, ['--proofs', place('proofs-elsewhere.db')])
    expect(found).toMatchObject({ code: 3, told: { ok: false, finding: { type: 'changed', position } } })
  })

  test('finds by a checkpoint from outside that a log was rolled back to a backup', async () => {
    const [before, after] = await Promise.all(
      ['early.txt', 'late.txt'].map((name) => verify([place('backup.db'), '--checkpoint', place(name)])),
    )
    expect(before).toMatchObject({ code: 0, told: { ok: true } })
    expect(after).toMatchObject({ code: 3, told: { finding: { type: 'cut', events: early.size, expected: late.size } } })
  })

  test('refuses a checkpoint that the key of the log did not sign', async () => {
    writeFileSync(place('forged.txt'), late.note.replace(`\n${late.size}\n`, `\n${late.size + 1}\n`))
    expect((await verify(['--checkpoint', place('forged.txt')])).code).toBe(3)
  })

  test('has exit codes of its own for wrong arguments and for files that are not there', async () => {
    const calls = [[place('backup.db')], ['--vkey', 'nonsense'], [place('missing.db'), '--checkpoint', place('late.txt')]]
    const results = await Promise.all(calls.map(verify))
    expect(results.map(({ code }) => code)).toEqual([2, 2, 1])
  })

  test('says it in words', async () => {
    const { stdout, code } = await runCommand(['verify', '--checkpoint', place('late.txt')], env)
    expect(code).toBe(0)
    expect(stdout).toContain(`${late.size} events up to position`)
    expect(stdout).toContain('The log fits all of them.')
    expect(stdout).toContain('use --vkey')
  })
})

describe('gatebook checkpoint', () => {
  test('prints the note, or the key, with and without a server', async () => {
    const alone = await runCommand(['checkpoint'], env)
    expect(alone).toMatchObject({ code: 0, stdout: late.note })
    const app = await startTestServer({ dataDir: place('data'), env })
    try {
      expect(await runCommand(['checkpoint', '--vkey'], env)).toMatchObject({ code: 0, stdout: `${late.vkey}\n` })
      const { size } = JSON.parse((await runCommand(['checkpoint', '--json'], env)).stdout)
      expect(size).toBeGreaterThanOrEqual(late.size)
    } finally {
      await app.stop()
    }
  })

  test('is signed by a new key once that was rotated, and what the old one signed is verified with the old one', async () => {
    const { code, stdout } = await runCommand(['rotate-checkpoint-key', '--json'], env)
    const { note, vkey } = JSON.parse(stdout)
    expect([code, vkey === late.vkey, vkey.split('+')[0]]).toEqual([0, false, late.vkey.split('+')[0]])
    writeFileSync(place('rotated.txt'), note)
    expect(await verify(['--checkpoint', place('rotated.txt'), '--vkey', vkey])).toMatchObject({ code: 0, told: { ok: true } })
    expect(await verify(['--checkpoint', place('late.txt'), '--vkey', late.vkey])).toMatchObject({ code: 0, told: { ok: true } })
    expect(await verify(['--checkpoint', place('late.txt'), '--checkpoint', place('rotated.txt')])).toMatchObject({ code: 0 })
    expect((await verify(['--checkpoint', place('late.txt'), '--vkey', vkey])).code).toBe(3)
    const app = await startTestServer({ dataDir: place('data'), env })
    try {
      const again = await runCommand(['rotate-checkpoint-key'], env)
      expect([again.code, again.stdout.includes((await signed(app)).vkey), again.stdout.includes(vkey)]).toEqual([0, true, false])
    } finally {
      await app.stop()
    }
  })

  test('is not signed once the log is not the one that was proved', async () => {
    copyFileSync(place('backup.db'), place('data/gatebook.db'))
    const refused = await runCommand(['checkpoint'], env)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect((await verify()).told.finding).toMatchObject({ type: 'cut' })
  })
})
