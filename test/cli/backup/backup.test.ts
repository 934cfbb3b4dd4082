import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillLog } from '../../../bench/read-models/replay-log.ts'
import { runBackupTask } from '../../../infrastructure/event-store/sqlite/backup/run-task.ts'
import { applicationIds, schema, schemaVersions } from '../../../infrastructure/event-store/sqlite/file/schema.ts'
import { runCommand, startCommand } from '../../support/run-command.ts'
import { operatorFolder } from '../operator/operator-for-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-backup-'))
const log = join(folder, 'data', 'gatebook.db')
const events = 60_000

beforeAll(() => {
  mkdirSync(join(folder, 'data'))
  const db = new Database(log)
  db.exec(`PRAGMA journal_mode = WAL; ${schema} PRAGMA application_id = ${applicationIds.log}; PRAGMA user_version = ${schemaVersions.log}`)
  fillLog(db, events)
  db.close()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const place = (name: string) => join(folder, name)
const failure = async (written: ReturnType<typeof runBackupTask>) => {
  const outcome = await written
  return isLeft(outcome) ? outcome.left : outcome.right
}
const env = { DATA_DIR: join(folder, 'data') }

/** File sizes are limited, which SQLite takes for a disk that is full. */
const runLimited = async (kilobytes: number, file: string) => {
  const script = `ulimit -f ${kilobytes}; trap '' XFSZ; exec '${process.execPath}' cli/gatebook.ts backup '${file}'`
  return new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile('bash', ['-c', script], { env: { PATH: process.env.PATH, ...env } }, (error, _stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stderr }),
    )
  })
}

test('the command writes what the log holds, for its user only, and says so as JSON', async () => {
  const { code, stdout } = await runCommand(['backup', place('one.backup'), '--json'], env)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ file: place('one.backup'), events, position: events })
  expect(statSync(place('one.backup')).mode & 0o777).toBe(0o600)
  const [before, after] = [log, place('one.backup')].map((file) => new Database(file, { readonly: true }))
  const rows = (db: Database.Database | undefined) => db?.prepare('SELECT * FROM event ORDER BY position').raw().all()
  expect(rows(after)).toEqual(rows(before))
  before?.close()
  after?.close()
})

test('a file that is there stays as it is', async () => {
  writeFileSync(place('taken'), 'mine')
  expect(await runCommand(['backup', place('taken')], env)).toMatchObject({ code: 3, stderr: expect.stringContaining('exists already') })
  expect(statSync(place('taken')).size).toBe(4)
})

test('of two at once for one file, one wins and the other leaves nothing', async () => {
  const both = await Promise.all([runCommand(['backup', place('race')], env), runCommand(['backup', place('race')], env)])
  expect(both.map(({ code }) => code).toSorted()).toEqual([0, 3])
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

describe('what cannot be done fails by name', () => {
  test.each([
    ['no log', { DATA_DIR: '/nowhere' }, 1, 'does not exist'],
    ['a cluster node', { ...env, EVENT_STORE: 'eventstoredb' }, 2, 'its own tools'],
  ])('%s', async (_, environment, code, said) => {
    const ended = await runCommand(['backup', place('never')], environment)
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) })
    expect(existsSync(place('never'))).toBe(false)
  })

  test('no folder for it', async () => {
    expect(await runCommand(['backup', '/nowhere/file'], env)).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') })
  })

  test('a disk that is too small, and nothing is left', async () => {
    const limited = await runLimited(2_048, place('small'))
    expect(limited).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be written/) })
    expect(readdirSync(folder).filter((name) => name.includes('small'))).toEqual([])
  })
})

describe('a backup that is damaged is found', () => {
  const damaged = (name: string, harm: (file: string) => void) => {
    copyFileSync(place('one.backup'), place(name))
    harm(place(name))
    return failure(runBackupTask({ type: 'verify', draft: place(name) }))
  }

  test('cut off', async () => {
    const cut = await damaged('cut', (file) => truncateSync(file, statSync(file).size - 4_096))
    expect(cut).toMatchObject({ type: 'damaged' })
  })

  test('an event that is missing in a stream', async () => {
    const torn = await damaged('torn', (file) => {
      const db = new Database(file)
      db.exec('DELETE FROM event WHERE revision = 1 AND stream = (SELECT stream FROM event WHERE revision = 2 LIMIT 1)')
      db.close()
    })
    expect(torn).toMatchObject({ type: 'damaged', detail: expect.stringContaining('1 streams with gaps') })
  })

  test('something else', async () => {
    expect(await damaged('text', (file) => writeFileSync(file, 'a'.repeat(10_000)))).toMatchObject({ type: 'damaged' })
    expect(await damaged('empty', (file) => writeFileSync(file, ''))).toMatchObject({ type: 'damaged' })
  })
})

test('kill -9 at any moment leaves no file of the name, and the next run is not in its way', async () => {
  for (const wait of [300, 700, 1_100]) {
    const { child, ended } = startCommand(['backup', place(`killed-${wait}`)], env)
    await pause(wait)
    child.kill('SIGKILL')
    await ended
    if (existsSync(place(`killed-${wait}`))) {
      expect(await failure(runBackupTask({ type: 'verify', draft: place(`killed-${wait}`) }))).toMatchObject({ events })
      continue
    }
    expect(await runCommand(['backup', place(`killed-${wait}`)], env)).toMatchObject({ code: 0 })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  }
})

test('what a run left that was killed is removed, also if this run has its process id', async () => {
  const remainders = `for end in part part-journal; do touch '${folder}'/.left.$$.$end '${folder}'/.left.4194305.$end; done`
  const script = `${remainders}; exec '${process.execPath}' cli/gatebook.ts backup '${place('left')}'`
  const ended = await new Promise((resolve) => {
    execFile('bash', ['-c', script], { env: { PATH: process.env.PATH, ...env } }, (error) => resolve(error?.code ?? 0))
  })
  expect(ended).toBe(0)
  expect(readdirSync(folder).filter((name) => name.startsWith('.left'))).toEqual([])
})

test('while the server writes, the backup holds a moment of the log, and writes go on', async () => {
  const operator = operatorFolder()
  const server = await operator.serve()
  let [registered, isOver] = [0, false]
  const register = async (worker: number) => {
    while (!isOver) {
      const body = JSON.stringify({
        email: `p${worker}-${registered++}@example.org`,
        password: 'correct horse battery',
        transport: 'bearer',
      })
      const answer = await fetch(`${server.baseUrl}/api/1/register`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status).toBe(201)
    }
  }
  const working = Promise.all([register(0), register(1)])
  await pause(300)
  const { code, stdout, stderr } = await operator.gatebook(['backup', place('busy'), '--json'])
  isOver = true
  await working
  await server.stop()
  operator.remove()
  expect([code, stderr]).toEqual([0, expect.stringContaining('verifying')])
  expect(JSON.parse(stdout).position).toBeGreaterThan(0)
})
