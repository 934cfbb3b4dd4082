import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { categoryOf } from '../../domain/kernel/streams.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { contents } from '../projections/support/contents.ts'
import { runCommand } from '../support/run-command.ts'
import { person } from '../support/server/client.ts'
import { everyEvent } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const day = 86_400_000
const names = 200

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-test-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const daysLater = (days: number) => startTestServer({ dataDir, hooks: { wall: () => Date.now() + days * day } })
type Server = Awaited<ReturnType<typeof daysLater>>

const guess = (server: Server, email: string, address: string) =>
  server.send({ method: 'POST', path: '/login', body: { email, password: 'not the password', transport: 'bearer' }, address })

const octetsOnDisk = () =>
  Buffer.concat(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('gatebook.db'))
      .map((name) => readFileSync(join(dataDir, name))),
  )
const idsIn = (events: readonly RecordedEvent[], field: 'attemptId' | 'networkIndex') =>
  events.flatMap(({ type, data }): string[] => (type === 'LoginAttempted' ? [Object(data)[field]] : []))
const placeOf = ({ type: _, version: __, data: ___, ...place }: RecordedEvent) => place

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

/** When a lock begins, and for how long. */
const lockOf = async (server: Server, email: string) => {
  const answers = []
  for (let n = 0; n < 7; n++) {
    const { status, body, headers } = await guess(server, email, '198.51.100.9')
    answers.push({ status, code: body.code, wait: Math.ceil(Number(headers['retry-after'] ?? 0) / 10) * 10 })
  }
  return answers
}

test('unknown names leave nothing but their places after 31 days, and nobody can tell', async () => {
  const first = await daysLater(0)
  await first.register()
  for (const email of [person.email, 'unknown-0@example.org']) await lockOf(first, email)
  for (let n = 1; n < names; n++) await guess(first, `unknown-${n}@example.org`, '192.0.2.77')
  const before = await everyEvent(first.gatebook.store)
  await first.stop()

  const known = before.filter(({ stream, data }) => categoryOf(stream) === 'login' && Object(data).accountId != null)
  const knownStreams = new Set(known.map(({ stream }) => stream))
  const unknown = before.filter(({ stream }) => categoryOf(stream) === 'login' && !knownStreams.has(stream))
  expect(new Set(unknown.map(({ stream }) => stream)).size).toBe(names)
  const [attempts, networks] = [idsIn(unknown, 'attemptId'), idsIn(unknown.slice(-2), 'networkIndex')]
  expect(attempts.length).toBeGreaterThanOrEqual(names)
  expect([...attempts, ...networks].filter((id) => !octetsOnDisk().includes(id))).toEqual([])
  const halfOf = (index: string) => Buffer.from(index.slice(0, 22), 'base64url')
  expect(networks.filter((index) => !octetsOnDisk().includes(halfOf(index)))).toEqual([])

  const later = await daysLater(31)
  await later.gatebook.settled()
  const octets = octetsOnDisk()
  expect([...attempts, ...networks].filter((id) => octets.includes(id))).toEqual([])
  expect(networks.filter((index) => octets.includes(halfOf(index)))).toEqual([])
  const after = (await everyEvent(later.gatebook.store)).filter(({ position }) => position <= (before.at(-1)?.position ?? 0))
  const isGone = ({ stream }: RecordedEvent) => categoryOf(stream) === 'login' && !knownStreams.has(stream)
  const keys = ({ stream }: RecordedEvent) => categoryOf(stream) === 'dataKey'
  expect(after.filter(isGone).map(({ type }) => type)).toEqual(unknown.map(() => 'LoginPayloadErased'))
  expect(after.filter(isGone).map(placeOf)).toEqual(unknown.map(placeOf))
  const others = (events: readonly RecordedEvent[]) => events.filter((event) => !isGone(event) && !keys(event))
  expect(others(after)).toEqual(others(before))

  const locks = await lockOf(later, person.email)
  expect(await lockOf(later, 'unknown-0@example.org')).toEqual(locks)
  expect(locks.at(-1)).toEqual({ status: 429, code: 'LOCKED_OUT', wait: 120 })
  await later.stop()
  readModelsEqualARebuild()
  expect(await runCommand(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })

  const again = await daysLater(32)
  expect((await again.logIn()).token).toEqual(expect.any(String))
  await again.stop()
}, 120_000)
