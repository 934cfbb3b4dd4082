import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AttemptId } from '../../../domain/kernel/ids.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { LoginSummarized, loginEvents, PasswordRejected } from '../../../domain/login/events.ts'
import { openReadConnection } from '../../../infrastructure/event-store/sqlite/file/connection.ts'
import { leafOf } from '../../../infrastructure/event-store/sqlite/proofs/tree/event-entry.ts'
import { type EventRow, eventColumns } from '../../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { got, newEvent } from '../../contract/event-store/support.ts'
import { later } from '../../support/domain/time.ts'
import { sqliteForTest } from '../event-store/sqlite/sqlite-for-test.ts'

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

const id = '01970000-0000-7000-8000-0000000000aa' as AttemptId
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

/** The rows of two events before and after the payload of the first one was erased. */
const erasure = async () => {
  const store = await here.open()
  const { encode } = eventReader(loginEvents)
  const events = [
    PasswordRejected({ attemptId: id, at: later(1) }),
    LoginSummarized({ lanes: [], rejectedAttempts: 1, keyOwner: null, challenges: [], at: later(2) }),
  ].map((event) => ({ ...newEvent(), ...encode(event) }))
  await got(store.append('login-x', 'no_stream', events))
  const rows = () => {
    const db = openReadConnection(here.file)
    try {
      return db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`).raw().all()
    } finally {
      db.close()
    }
  }
  const before = rows()
  await got(store.erasePayloads('login-x', { from: 0, summary: 1, recordedBefore: '9999-01-01T00:00:00.000Z' }))
  const [original, erased] = [before[0], rows()[0]]
  return original === undefined || erased === undefined ? expect.unreachable('two rows') : { original, erased }
}

/** Columns of `eventColumns`. */
const [type, version, data] = [4, 5, 6]
const withValue = (row: EventRow, column: number, value: EventRow[number]) =>
  row.map((old, index) => (index === column ? value : old)) as EventRow

describe('an erased payload', () => {
  test('has the leaf that its original had', async () => {
    const { original, erased } = await erasure()
    expect(erased[type]).toBe('LoginPayloadErased')
    expect(erased[data]).not.toBe(original[data])
    expect(hex(leafOf(erased))).toBe(hex(leafOf(original)))
  })

  test('does not have it with another hash, type or version of the original, or written in another way', async () => {
    const { original, erased } = await erasure()
    const held = JSON.parse(String(erased[data]))
    const texts = [
      { ...held, sha256: 'a'.repeat(64) },
      { ...held, eventType: 'PasswordAccepted' },
      { ...held, eventVersion: 2 },
      { ...held, more: 1 },
      Object.fromEntries(Object.entries(held).reverse()),
    ].map((changed) => JSON.stringify(changed))
    for (const text of [...texts, ` ${erased[data]}`, '{', '']) {
      expect(hex(leafOf(withValue(erased, data, text)))).not.toBe(hex(leafOf(original)))
    }
    expect(hex(leafOf(withValue(erased, version, 2)))).not.toBe(hex(leafOf(original)))
    expect(hex(leafOf(withValue(erased, 1, 'session-x')))).not.toBe(hex(leafOf(original)))
  })

  test('says of its own the time and the account, which no leaf covers', async () => {
    const { original, erased } = await erasure()
    const moved = JSON.stringify({ ...JSON.parse(String(erased[data])), at: '2026-06-01T13:00:00.000Z' })
    expect(moved).not.toBe(erased[data])
    expect(hex(leafOf(withValue(erased, data, moved)))).toBe(hex(leafOf(original)))
  })
})

describe('an erased grant of a session', () => {
  const session = '00000002-0000-7000-8000-000000000001'
  const json = JSON.stringify({ expiresAt: '2026-06-01T13:00:00.000Z', secret: 'of the original' })
  const sha256 = createHash('sha256').update(json).digest('hex')
  const held = {
    eventVersion: 3,
    sessionId: session,
    accountId: session,
    sha256,
    at: '2026-06-01T12:00:00.000Z',
    expiresAt: '2026-06-01T13:00:00.000Z',
  }
  const row = (type: string, version: number, data: string, stream = `session-${session}`): EventRow =>
    [...[1, stream, 0, 'id', type, version, data, session, 'c', null, '2026-06-01T12:00:00.000Z', null]] as EventRow
  const original = hex(leafOf(row('SessionGranted', 3, json)))

  test('has the leaf that its original had', () => {
    expect(hex(leafOf(row('SessionPayloadErased', 1, JSON.stringify(held))))).toBe(original)
  })

  test.each([
    ['another hash', { ...held, sha256: 'a'.repeat(64) }],
    ['another version', { ...held, eventVersion: 2 }],
    ['more than belongs there', { ...held, tokenHash: 'x' }],
    ['another order', Object.fromEntries(Object.entries(held).reverse())],
  ])('does not have it with %s', (_, data) => {
    expect(hex(leafOf(row('SessionPayloadErased', 1, JSON.stringify(data))))).not.toBe(original)
  })

  test('does not have it in another stream', () => {
    expect(hex(leafOf(row('SessionPayloadErased', 1, JSON.stringify(held), 'account-x')))).not.toBe(
      hex(leafOf(row('SessionGranted', 3, json, 'account-x'))),
    )
  })
})
