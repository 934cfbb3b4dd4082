import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isKeyStream } from '../../domain/kernel/streams.ts'
import { leafOf } from '../../infrastructure/event-store/sqlite/proofs/tree/event-entry.ts'
import { type EventRow, eventColumns } from '../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { contents } from '../projections/support/contents.ts'
import { runCommand } from '../support/run-command.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const day = 86_400_000

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-test-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const env = { AUDIT_RETENTION: 'attempts=10, sessions=10' }
const daysLater = (days: number, more: object = {}) => startTestServer({ dataDir, hooks: { wall: () => Date.now() + days * day }, ...more })

const octetsOnDisk = () =>
  Buffer.concat(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('gatebook.db'))
      .map((name) => readFileSync(join(dataDir, name))),
  )

const leaves = () => {
  const db = new Database(join(dataDir, 'gatebook.db'), { readonly: true })
  const rows = db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`).raw().all()
  db.close()
  return rows.filter(([, stream]) => !isKeyStream(stream)).map((row) => Buffer.from(leafOf(row)).toString('hex'))
}

const readModelsEqualARebuild = () => {
  const copy = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
  cpSync(dataDir, copy, { recursive: true })
  const db = new Database(join(copy, 'gatebook.db'))
  const kept = contents(db)
  rebuild(db, localLog(db), { force: true })
  expect(contents(db)).toEqual(kept)
  db.close()
  rmSync(copy, { recursive: true })
}

const namesOfOrigin = ['ipAddress', 'networkIndex', 'userAgent']

test('network and browser of old logins and sessions leave the disk, and nothing else changes', async () => {
  const first = await daysLater(0)
  const ada = await first.register()
  await first.elevated(ada.token)
  for (let n = 0; n < 3; n++) await first.logIn()
  for (let n = 0; n < 6; n++) await first.post('/login', { email: 'ada@example.org', password: 'wrong', transport: 'bearer' })
  const before = await everyEvent(first.gatebook.store)
  await first.stop()
  const origins = before.flatMap(({ type, data }) =>
    ['LoginAttempted', 'SessionGranted'].includes(type) ? namesOfOrigin.flatMap((name) => Object(data)[name] ?? []) : [],
  ) as string[]
  expect(origins.length).toBeGreaterThan(20)
  const network = Buffer.from(origins.find((text) => text.length === 43)?.slice(0, 22) ?? '', 'base64url')
  expect(origins.filter((text) => !octetsOnDisk().includes(text))).toEqual([])
  expect(octetsOnDisk().includes(network)).toBe(true)
  const leavesBefore = leaves()

  const kept = await daysLater(45)
  await kept.gatebook.settled()
  await kept.stop()
  expect(origins.filter((text) => !octetsOnDisk().includes(text))).toEqual([])

  const later = await daysLater(45, { env })
  await later.gatebook.settled()
  const octets = octetsOnDisk()
  expect(origins.filter((text) => octets.includes(text))).toEqual([])
  expect(octets.includes(network)).toBe(false)
  const last = before.at(-1)?.position ?? 0
  const after = (await everyEvent(later.gatebook.store)).filter(({ position }) => position <= last)
  const isErased = ({ type }: { type: string }) => type.endsWith('PayloadErased')
  const untouched = (events: typeof before) =>
    events.filter(({ position }) => !after.some((event) => event.position === position && isErased(event)))
  expect(untouched(after)).toEqual(untouched(before))
  expect(after.filter(isErased)).toHaveLength(before.filter(({ type }) => ['LoginAttempted', 'SessionGranted'].includes(type)).length)
  const entries = (await later.get('/audit/me?type=SessionGranted,LoginAttempted&order=oldest', (await later.logIn()).token)).body.entries
  expect(entries.length).toBeGreaterThan(9)
  expect(entries[0]).toMatchObject({ type: 'SessionGranted', account: ada.accountId, summary: 'Details erased (SessionGranted)' })
  await later.stop()
  expect(leaves().slice(0, leavesBefore.length)).toEqual(leavesBefore)
  readModelsEqualARebuild()
  expect(await runCommand(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
}, 120_000)

test('a live session keeps what its owner is shown of it', async () => {
  const first = await daysLater(0, { env: { ...env, SESSION_IDLE_SECONDS: '2592000' } })
  const ada = await first.register()
  await first.stop()
  const later = await daysLater(20, { env: { ...env, SESSION_IDLE_SECONDS: '2592000' } })
  await later.gatebook.settled()
  const { sessions } = (await later.get('/sessions', ada.token)).body
  expect(sessions).toMatchObject([{ address: '127.0.0.1' }])
  await later.stop()
}, 60_000)
