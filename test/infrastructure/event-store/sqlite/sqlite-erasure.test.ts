import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttemptId } from '../../../../domain/kernel/ids.ts'
import { eventReader } from '../../../../domain/kernel/reader.ts'
import { LoginSummarized, loginEvents, PasswordRejected } from '../../../../domain/login/events.ts'
import { failureOf, got, newEvent } from '../../../contract/event-store/support.ts'
import { later } from '../../../support/domain/time.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const octetsOnDisk = () => Buffer.concat(readdirSync(dirname(here.file)).map((name) => readFileSync(join(dirname(here.file), name))))

test('payloads are not said to be erased while a reader keeps them in the write-ahead log, and are gone when asked again', async () => {
  const store = await here.open()
  const id = '01970000-0000-7000-8000-0000000000aa' as AttemptId
  const { encode } = eventReader(loginEvents)
  const [rejected, summarized] = [
    PasswordRejected({ attemptId: id, at: later(1) }),
    LoginSummarized({ lanes: [], rejectedAttempts: 1, keyOwner: null, challenges: [], at: later(2) }),
  ].map((event) => ({ ...newEvent(), ...encode(event) }))
  if (rejected === undefined || summarized === undefined) return expect.unreachable('two events')
  await got(store.append('login-x', 'no_stream', [rejected, summarized]))
  const reader = new Database(here.file, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM event').get()
  await got(store.erasePayloads('login-x', { from: 0, summary: 1, recordedBefore: '9999-01-01T00:00:00.000Z' }))
  expect((await failureOf(store.saveErasedThrough(2, 'unknown_names'))).type).toBe('unavailable')
  expect(octetsOnDisk().includes(id)).toBe(true)
  reader.close()
  await got(store.saveErasedThrough(2, 'unknown_names'))
  expect(octetsOnDisk().includes(id)).toBe(false)
})
