import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openWriteConnection } from '../../../../infrastructure/event-store/sqlite/file/connection.ts'
import { isSound } from '../../../../infrastructure/event-store/sqlite/file/library-version.ts'
import { openSqliteReader } from '../../../../infrastructure/event-store/sqlite/reader/reader.ts'
import { got, newEvents, newStream } from '../../../contract/event-store/support.ts'
import { openSqlite, sqliteForTest } from './sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const refusal = async (options: Parameters<typeof openSqlite>[1] = {}) => {
  const opened = await openSqlite(here.file, { create: false, ...options })
  if (isRight(opened)) {
    await opened.right.close()
    return 'opened'
  }
  return opened.left.type
}

/** A closed log that fills many database pages. */
const aLog = async () => {
  const store = await here.open()
  await Promise.all(Array.from({ length: 300 }, () => got(store.append(newStream(), 'no_stream', newEvents(3)))))
  await store.close()
}

const lockedBy = async (file: string) => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-log.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  return holder
}

describe('opening a log', () => {
  test('makes a file for its owner only, in a folder for its owner only', async () => {
    await here.open()
    expect(statSync(here.file).mode & 0o777).toBe(0o600)
    expect(statSync(`${here.file}-wal`).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(here.file)).mode & 0o777).toBe(0o700)
  })

  test('takes back the rights that others had to the file', async () => {
    await aLog()
    chmodSync(here.file, 0o644)
    await here.open()
    expect(statSync(here.file).mode & 0o777).toBe(0o600)
  })

  test.each([0o777, 0o1777, 0o772, 0o770, 0o720])('refuses a folder that others may write (%o), and changes nothing', async (mode) => {
    mkdirSync(dirname(here.file), { recursive: true })
    chmodSync(dirname(here.file), mode)
    expect(await refusal({ create: true })).toBe('writable_by_others')
    expect(readdirSync(dirname(here.file))).toEqual([])
    chmodSync(dirname(here.file), 0o755)
    expect(await refusal({ create: true })).toBe('opened')
  })

  test('refuses a folder that others may replace, because they may write the one above it', async () => {
    const above = join(dirname(here.file), 'above')
    const file = join(above, 'data', 'gatebook.db')
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const open = async (mode: number) => {
      chmodSync(above, mode)
      const opened = await openSqlite(file, { create: true })
      if (isLeft(opened)) return opened.left.type
      await opened.right.close()
      return 'opened'
    }
    expect(await open(0o777)).toBe('writable_by_others')
    expect(await open(0o1777)).toBe('opened')
  })

  test('has WAL and FULL on the second open as on the first', async () => {
    for (let open = 0; open < 3; open++) {
      const store = await here.open({ create: open === 0 })
      await store.close()
      const db = openWriteConnection(here.file)
      expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual(['wal', 2])
      expect(db.pragma('secure_delete', { simple: true })).toBe(1)
      db.close()
    }
  })

  test('refuses a file that is not there, and makes none', async () => {
    expect(await refusal()).toBe('missing')
    expect(existsSync(here.file)).toBe(false)
    await aLog()
    rmSync(here.file)
    expect(await refusal()).toBe('missing')
    expect(existsSync(here.file)).toBe(false)
  })

  test('makes no log beside the write-ahead log of one that is gone', async () => {
    const store = await here.open()
    await got(store.append(newStream(), 'no_stream', newEvents(1)))
    const wal = readFileSync(`${here.file}-wal`)
    await store.close()
    rmSync(here.file)
    writeFileSync(`${here.file}-wal`, wal)
    expect(await refusal({ create: true })).toBe('damaged')
    expect(existsSync(here.file)).toBe(false)
  })

  test.each([false, true])('refuses an empty file, a text, a folder and a foreign database (create: %s)', async (create) => {
    mkdirSync(dirname(here.file), { recursive: true })
    writeFileSync(here.file, '')
    expect(await refusal({ create })).toBe('damaged')
    writeFileSync(here.file, 'not a database, '.repeat(1_000))
    expect(await refusal({ create })).toBe('damaged')
    rmSync(here.file)
    mkdirSync(here.file)
    expect(await refusal({ create })).toBe('damaged')
    rmSync(here.file, { recursive: true })
    const foreign = new Database(here.file)
    foreign.exec('CREATE TABLE event (position INTEGER PRIMARY KEY)')
    foreign.close()
    expect(await refusal({ create })).toBe('damaged')
  })

  test('refuses a file that was cut off, wherever it was cut', async () => {
    await aLog()
    const whole = readFileSync(here.file)
    for (const size of [50, 4_096, 20_480, whole.length - 4_096, whole.length - 1]) {
      writeFileSync(here.file, whole)
      truncateSync(here.file, size)
      expect(await refusal(), `${size} of ${whole.length} octets`).toBe('damaged')
    }
    writeFileSync(here.file, whole)
    expect(await refusal()).toBe('opened')
  })

  test('refuses a file in which a page was overwritten', async () => {
    await aLog()
    const octets = readFileSync(here.file)
    octets.fill(0xff, 4_096 * 4, 4_096 * 5)
    writeFileSync(here.file, octets)
    expect(await refusal()).toBe('damaged')
  })

  test('finds with the full check an index that lost a row, which the quick one does not look for', async () => {
    await aLog()
    const db = new Database(here.file)
    db.unsafeMode()
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_event_1'").pluck().get()
    db.exec('PRAGMA writable_schema = ON')
    db.prepare(
      "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_tombstone_1') WHERE rootpage = ?",
    ).run(root)
    db.close()
    expect(await refusal({ check: 'full' })).toBe('damaged')
  })

  test('refuses a log that a newer Gatebook wrote', async () => {
    await aLog()
    const db = new Database(here.file)
    db.pragma('user_version = 3')
    db.close()
    expect(await refusal()).toBe('newer_schema')
    expect(openSqliteReader(here.file)).toMatchObject({ left: { type: 'newer_schema' } })
  })

  test('refuses a log that is being written elsewhere, and names the lock', async () => {
    await aLog()
    const holder = await lockedBy(here.file)
    try {
      const opened = await openSqlite(here.file, { create: false })
      expect(isLeft(opened) && opened.left).toEqual({
        type: 'locked',
        detail: `another Gatebook process uses this data directory (${join(dirname(here.file), 'gatebook.lock')})`,
      })
    } finally {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
    expect(await refusal()).toBe('opened')
  })

  test('refuses a second store in the same process, and lets go when the first is closed', async () => {
    const store = await here.open()
    expect(await refusal()).toBe('locked')
    await got(store.append(newStream(), 'no_stream', newEvents(1)))
    await store.close()
    expect(await refusal()).toBe('opened')
  })

  test('is left to readers while another process writes it', async () => {
    await aLog()
    const holder = await lockedBy(here.file)
    try {
      const reader = openSqliteReader(here.file)
      if (isLeft(reader)) throw new Error(reader.left.detail)
      expect(await got(reader.right.head())).toBe(900)
      expect(await got(reader.right.readAll(0, 10))).toHaveLength(10)
      await reader.right.close()
    } finally {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
  })

  test('does not start on a SQLite that can corrupt a write-ahead log', () => {
    expect(['3.7.0', '3.50.9', '3.51.2', '3.51', '2.99.99'].map(isSound)).toEqual([false, false, false, false, false])
    expect(['3.51.3', '3.52.0', '3.54.1', '4.0.0'].map(isSound)).toEqual([true, true, true, true])
  })

  test('does not start on a file that cannot be written', async (context) => {
    await aLog()
    const attribute = (flag: string) => execFileSync('chattr', [flag, here.file], { stdio: 'ignore' })
    // Root may write to a file of any mode, but not to an immutable one.
    if (process.getuid?.() === 0) {
      try {
        attribute('+i')
      } catch {
        return context.skip('this file system has no immutable files, and root may write any other')
      }
    } else chmodSync(here.file, 0o400)
    try {
      expect(await refusal()).toBe('read_only')
    } finally {
      if (process.getuid?.() === 0) attribute('-i')
    }
  })
})
