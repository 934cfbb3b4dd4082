import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillLog } from '../../bench/read-models/replay-log.ts'
import { type ReplayOptions, replay } from '../../cli/replay/replay.ts'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { linesOf } from '../projections/support/any-history.ts'
import { embeddedLog } from '../projections/support/embedded-log.ts'

const history = linesOf([
  { verb: 'attempted', account: 1, session: 0, back: 0, wait: 0 },
  { verb: 'rejected', account: 1, session: 0, back: 0, wait: 0 },
  { verb: 'locked', account: 1, session: 1, back: 0, wait: 0 },
  { verb: 'grant', account: 2, session: 0, back: 0, wait: 0 },
])

const said = async (options: ReplayOptions) => {
  const { db, recordOnly } = embeddedLog()
  recordOnly(...history)
  const out = new PassThrough()
  const all = text(out)
  await replay(db, options, out)
  out.end()
  db.close()
  return (await all).split('\n').slice(0, -1)
}

describe('replay', () => {
  test('says what happened, in order, a line an event', async () => {
    expect((await said({})).map((line) => line.split('  ').slice(3).join())).toEqual([
      'Account registered (by anonymous)',
      'Account registered (by anonymous)',
      'Account registered (by anonymous)',
      'Password entered (by 00000001-0000-7000-8000-000000000001)',
      'Password rejected (by system)',
      'Locked until 2026-06-01T12:01:00.000Z (1st time in a row) (by 00000001-0000-7000-8000-000000000001)',
      'Session granted until 2026-06-01T12:01:00.000Z (by anonymous)',
    ])
  })

  test('starts at the position that is asked for', async () => {
    expect(await said({ from: 6 })).toHaveLength(2)
  })

  test('keeps to the stream that is asked for', async () => {
    const lines = await said({ stream: 'login-digest-1-0000000000000000000000000000000000', json: true, from: 5 })
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['PasswordRejected', 'LoginLocked'])
  })

  test('gives the recorded events as they are, what is sealed still sealed', async () => {
    const { db, recordOnly } = embeddedLog()
    const recorded = recordOnly(...history)
    db.close()
    expect((await said({ json: true })).map((line) => JSON.parse(line))).toEqual(recorded)
  })
})

describe('a long log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-replay-'))
  const file = join(folder, 'gatebook.db')
  const events = 200_000

  beforeAll(() => {
    const db = new Database(file)
    db.exec(`PRAGMA journal_mode = WAL; ${schema}`)
    fillLog(db, events)
    db.close()
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const command = `
    import Database from 'better-sqlite3'
    import { replay } from './cli/replay/replay.ts'
    await replay(new Database(process.env.LOG, { readonly: true }), { json: true }, process.stdout)`
  const inLittleMemory = ['--max-old-space-size=32', '--input-type=module', '--eval', command]

  test('is replayed in memory that would not hold a third of it', async () => {
    const child = spawn(process.execPath, inLittleMemory, { env: { ...process.env, LOG: file }, stdio: ['ignore', 'pipe', 'inherit'] })
    let lines = 0
    let bytes = 0
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      for (const byte of chunk) if (byte === 10) lines++
    })
    expect(await once(child, 'close')).toEqual([0, null])
    expect(lines).toBe(events)
    expect(bytes).toBeGreaterThan(3 * 32 * 1024 * 1024)
  }, 120_000)

  test('is left quietly when the reader has seen enough', () => {
    const quoted = [process.execPath, ...inLittleMemory].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
    const script = `set -o pipefail; ${quoted} 2>&1 | head -n 2; exit \${PIPESTATUS[0]}`
    const said = execFileSync('bash', ['-c', script], { env: { ...process.env, LOG: file }, encoding: 'utf8' })
    expect(said.trim().split('\n')).toHaveLength(2)
  }, 60_000)

  test('waits for a reader that does not come', async () => {
    const db = new Database(file, { readonly: true })
    let taken = 0
    const out = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer) => {
        taken += chunk.length
      },
    })
    replay(db, { json: true }, out).catch(() => {})
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate)
    expect(taken + out.writableLength).toBeLessThan(1024 * 1024)
    expect(taken).toBeGreaterThan(0)
    out.destroy()
    db.close()
  })
})
