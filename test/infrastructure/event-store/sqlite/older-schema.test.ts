import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runBackupTask } from '../../../../infrastructure/event-store/sqlite/backup/run-task.ts'
import { openReadConnection } from '../../../../infrastructure/event-store/sqlite/file/connection.ts'
import { leafOf } from '../../../../infrastructure/event-store/sqlite/proofs/tree/event-entry.ts'
import { type EventRow, eventColumns } from '../../../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { openSqliteReader } from '../../../../infrastructure/event-store/sqlite/reader/reader.ts'
import { got, newEvent } from '../../../contract/event-store/support.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const stream = 'account-of-version-1'
const event = { ...newEvent({ text: 'é' }), eventId: '01970000-0000-7000-8000-000000000001' }

/** As the first schema had it. */
const aLogOfVersion1 = async () => {
  const store = await here.open()
  await got(store.append(stream, 'no_stream', [event]))
  await store.close()
  const db = new Database(here.file)
  db.exec(`ALTER TABLE event DROP COLUMN session_id; UPDATE event SET recorded_at = '2026-06-01T12:00:00.000Z'; PRAGMA user_version = 1`)
  db.close()
}
const inFile = <A>(read: (db: Database.Database) => A) => {
  const db = new Database(here.file, { readonly: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}
const version = () => inFile((db) => db.pragma('user_version', { simple: true }))
const leaves = () => {
  const db = openReadConnection(here.file)
  try {
    const rows = db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`).raw().all()
    return rows.map((row) => Buffer.from(leafOf(row)).toString('hex'))
  } finally {
    db.close()
  }
}
/** Of the twelve fields of ADR 0061, computed by other means. Never change it. */
const leafOfVersion1 = '623e53f2d51e3a1259e620845b2cfeb5c62eac9faaeffdc27d567ab03afafd17'

describe('a log of the first schema, whose events have no session', () => {
  test('is read as it is, and stays as it is', async () => {
    await aLogOfVersion1()
    const reader = openSqliteReader(here.file)
    if (isLeft(reader)) return expect.unreachable(reader.left.detail)
    const [read] = await got(reader.right.read(stream))
    await reader.right.close()
    expect(read).toMatchObject({ ...event, revision: 0 })
    expect(read?.metadata).not.toHaveProperty('sessionId')
    expect(leaves()).toEqual([leafOfVersion1])
    expect(version()).toBe(1)
    expect(await runBackupTask({ type: 'verify', draft: here.file })).toMatchObject({ right: { events: 1 } })
  })

  test('is brought up to date when it is opened for writing, and its events keep their leaves', async () => {
    await aLogOfVersion1()
    const store = await here.open()
    await got(store.append(stream, 0, [{ ...newEvent(), metadata: { ...event.metadata, sessionId: 'a-session' } }]))
    const events = await got(store.read(stream))
    expect(events.map(({ metadata }) => metadata.sessionId)).toEqual([undefined, 'a-session'])
    expect(version()).toBe(2)
    expect(leaves()[0]).toBe(leafOfVersion1)
  })

  test('is read on while another process brings it up to date', async () => {
    await aLogOfVersion1()
    const reader = openSqliteReader(here.file)
    if (isLeft(reader)) return expect.unreachable(reader.left.detail)
    const store = await here.open()
    await got(store.append(stream, 0, [newEvent()]))
    expect(await got(reader.right.read(stream))).toHaveLength(2)
    await reader.right.close()
  })
})

test('a session is part of the leaf: another one, none or an empty one has another', async () => {
  const row = (sessionId: string | null): EventRow => [1, stream, 0, 'id', 'T', 1, '{}', 'system', 'c', null, '2026', sessionId]
  const hashes = [null, '', 'null', 'a', 'b'].map((session) => Buffer.from(leafOf(row(session))).toString('hex'))
  expect(new Set(hashes).size).toBe(5)
})
