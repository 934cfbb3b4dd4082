import { isLeft, left } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWriteConnection } from '../../../../infrastructure/event-store/sqlite/file/connection.ts'
import { got, newEvent, newEvents, newStream } from '../../../contract/event-store/support.ts'
import { openSqlite, sqliteForTest } from './sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const worker = new URL('./hooked-writer.worker.ts', import.meta.url)

test('a probe finds a full disk, and leaves nothing behind', async () => {
  const opened = await openSqlite(here.file, { worker })
  const store = isLeft(opened) ? expect.unreachable('it should open') : opened.right
  const limit = (pages: number) => got(store.append(newStream(), 'no_stream', [{ ...newEvent(pages), type: 'LimitPages' }]))
  await limit(1)
  expect(await store.probe()).toEqual(left({ type: 'unavailable', detail: 'the log failed: SQLITE_FULL' }))
  await limit(100_000)
  expect(isLeft(await store.probe())).toBe(false)
  const kept = await got(store.append(newStream(), 'no_stream', newEvents(1)))
  expect(isLeft(await store.probe())).toBe(false)
  expect(await got(store.head())).toBe(kept.position)
  await store.close()
  const db = openWriteConnection(here.file)
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'probe'").pluck().get()).toBe(0)
  db.close()
})
