import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { runCommand } from '../support/run-command.ts'
import { everyEvent, recordedLog } from '../support/server/recorded-log.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../support/server/start-test-server.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-erased-attempts-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const sealedOrigins = (events: readonly RecordedEvent[]) =>
  events.flatMap(({ type, data }) => {
    const { ipAddress } = data as { readonly ipAddress?: string }
    return type === 'LoginAttempted' && ipAddress !== undefined ? [ipAddress] : []
  })

const octets = () =>
  Buffer.concat(
    readdirSync(dataDir)
      .filter((name) => name.startsWith('gatebook.db'))
      .map((name) => readFileSync(join(dataDir, name))),
  )

test('an erasure takes what was sealed of attempts at the address before anybody had it, at once', async () => {
  const app = await startTestServer({ dataDir })
  const root = await app.elevated((await app.setUp(setupToken)).token)
  const guess = (email: string) => app.post('/login', { email, password: 'a guess of somebody', transport: 'bearer' })
  for (const email of ['late@example.org', 'late@example.org', 'other@example.org']) await guess(email)
  const before = sealedOrigins(await everyEvent(app.gatebook.store))
  const unknown = before.filter((sealed) => sealed.startsWith('unknown-callers'))
  expect(unknown).toHaveLength(3)

  const { accountId } = await app.register({ email: 'late@example.org' })
  await app.logIn({ email: 'late@example.org' })
  await guess('late@example.org')
  mustBe(204, await app.del(`/admin/accounts/${accountId}`, root))
  const kept = sealedOrigins(await everyEvent(app.gatebook.store)).filter((sealed) => unknown.includes(sealed))
  expect(kept).toEqual(unknown.slice(2))
  for (const sealed of unknown.slice(0, 2)) expect(octets().includes(sealed)).toBe(false)
  expect(octets().includes(unknown[2] ?? '')).toBe(true)

  // The lock goes on as if nothing had been erased, and so do the proofs.
  expect((await guess('late@example.org')).status).toBe(401)
  const { note } = await app.gatebook.proofs.checkpoint().then((head) => (head._tag === 'Right' ? head.right : expect.unreachable()))
  await app.stop()
  const { code, stdout } = await runCommand(['verify', '--json'], { DATA_DIR: dataDir })
  expect({ code, ok: JSON.parse(stdout).ok, note }).toMatchObject({ code: 0, ok: true, note: expect.any(String) })
  const types = (await recordedLog(dataDir)).filter(({ stream }) => stream.startsWith('login-')).map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['LoginPayloadErased', 'PasswordRejected', 'LoginSummarized', 'LoginAttempted']))
})

test('a damaged attempt keeps no key: the erasure stays owed for the rest', async () => {
  const app = await startTestServer({ dataDir })
  const { accountId } = await app.register({ email: 'late@example.org' })
  await app.post('/login', { email: 'late@example.org', password: 'a guess of somebody', transport: 'bearer' })
  await app.stop()
  const db = new Database(join(dataDir, 'gatebook.db'))
  const damaged = db.prepare(`UPDATE event SET data = '{}' WHERE type = 'LoginAttempted'`).run()
  db.close()
  expect(damaged.changes).toBe(1)

  const owed: number[] = []
  const again = await startTestServer({ dataDir, hooks: { onErasuresOwed: (count) => owed.push(count) } })
  const root = await again.elevated((await again.setUp(setupToken)).token)
  expect((await again.del(`/admin/accounts/${accountId}`, root)).status).toBe(503)
  await again.stop()
  expect((await recordedLog(dataDir)).filter(({ stream }) => stream === `dataKey-${accountId}`)).toEqual([])
  await startTestServer({ dataDir, hooks: { onErasuresOwed: (count) => owed.push(count) } }).then((server) => server.stop())
  expect(owed).toEqual([0, 1])
})
