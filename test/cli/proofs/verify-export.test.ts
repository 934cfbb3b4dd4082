import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../support/run-command.ts'
import type { Json } from '../../support/server/client.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-verify-export-'))
const place = (name: string) => join(folder, name)
const env = { MASTER_KEY: `${'A'.repeat(43)}=`, PUBLIC_ORIGIN: 'http://localhost:1984', DATA_DIR: place('data') }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let ada: Json
let earlier: Json
let eve: Json
let gone: Json

/** Two people in between each other, and one who is erased after an export. */
beforeAll(async () => {
  const app = await startTestServer({ dataDir: place('data'), env })
  const root = await app.elevated((await app.setUp(setupToken)).token)
  const exportOf = async (token: string) => mustBe(200, await app.get('/me/export', token))
  const one = await app.elevated((await app.register({ email: 'ada@example.org' })).token)
  const other = await app.elevated((await app.register({ email: 'eve@example.org' })).token)
  const third = await app.register({ email: 'gone@example.org' })
  await app.logIn({ email: 'ada@example.org' })
  earlier = await exportOf(one)
  await app.logIn({ email: 'eve@example.org' })
  eve = await exportOf(other)
  app.advance(60_000)
  await app.logIn({ email: 'ada@example.org' })
  ada = await exportOf(one)
  gone = await exportOf(await app.elevated(third.token))
  mustBe(204, await app.del(`/admin/accounts/${third.accountId}`, root))
  const head = await app.gatebook.proofs.checkpoint()
  if (head._tag === 'Left') throw new Error(head.left.detail)
  writeFileSync(place('checkpoint.txt'), head.right.note)
  await app.stop()
})

const verify = async (exported: unknown, ...args: readonly string[]) => {
  writeFileSync(place('export.json'), typeof exported === 'string' ? exported : JSON.stringify(exported))
  const { code, stdout, stderr } = await runCommand(['verify', '--export', place('export.json'), '--json', ...args], env)
  return { code, stderr, told: stdout === '' ? null : JSON.parse(stdout) }
}

const findingsOf = async (exported: unknown) => (await verify(exported)).told.export.findings
const historyOf = (of: Json): Json[] => structuredClone(of.history)

describe('gatebook verify --export', () => {
  test('finds nothing in exports as they were made, with a checkpoint from outside', async () => {
    const { code, told } = await verify(ada, '--checkpoint', place('checkpoint.txt'))
    expect({ code, ok: told.ok, of: told.export }).toMatchObject({
      code: 0,
      ok: true,
      of: { account: ada.account.id, entries: ada.history.length, unreadable: 0, findings: [] },
    })
    for (const one of [earlier, eve]) expect((await verify(one)).told.export.findings).toEqual([])
  })

  test('names an entry that was changed, dropped, invented or moved', async () => {
    const changed = historyOf(ada)
    const granted = changed.findIndex(({ type }) => type === 'SessionGranted')
    changed[granted].address = '192.0.2.9'
    expect(await findingsOf({ ...ada, history: changed })).toMatchObject([{ type: 'changed', entry: granted + 1, fields: ['address'] }])

    for (const at of [0, 3, ada.history.length - 1])
      expect(await findingsOf({ ...ada, history: historyOf(ada).toSpliced(at, 1) })).toMatchObject([{ type: 'missing', after: at }])

    const invented = { ...historyOf(ada)[2], receipt: 'A'.repeat(43) }
    expect(await findingsOf({ ...ada, history: historyOf(ada).toSpliced(2, 0, invented) })).toEqual([{ type: 'invented', entry: 3 }])

    const [first, second, ...rest] = historyOf(ada)
    expect(await findingsOf({ ...ada, history: [second, first, ...rest] })).toMatchObject([{ type: 'reordered', entry: 2 }])
  })

  test('knows an entry of somebody else as such, and an export under another name', async () => {
    const [, foreign] = historyOf(eve)
    expect(await findingsOf({ ...ada, history: historyOf(ada).toSpliced(1, 0, foreign) })).toEqual([{ type: 'invented', entry: 2 }])
    const renamed = await findingsOf({ ...ada, account: { ...ada.account, id: eve.account.id } })
    expect(renamed.filter(({ type }: Json) => type === 'invented')).toHaveLength(ada.history.length)
  })

  test('of somebody who was erased compares what can still be read', async () => {
    const { code, told } = await verify(gone)
    expect(code).toBe(0)
    expect(told.export.unreadable).toBeGreaterThan(2)
    const history = historyOf(gone)
    history[1].correlationId = history[0].correlationId.replace(/.$/, 'x')
    expect(await findingsOf({ ...gone, history })).toMatchObject([{ type: 'changed', entry: 2, fields: ['correlationId'] }])
  })

  test('takes whose an event is from the events, not from the read model beside them', async () => {
    const db = new Database(place('data/gatebook.db'))
    const names = db.prepare("SELECT name FROM sqlite_master WHERE name GLOB 'audit_v*'").pluck().all()
    const saved = db.prepare(`SELECT * FROM ${names[0]}`).all() as Json[]
    db.exec(`DELETE FROM ${names[0]} WHERE position % 2 = 0`)
    db.close()
    const { code } = await verify(ada)
    const again = new Database(place('data/gatebook.db'))
    const insert = again.prepare(`INSERT OR IGNORE INTO ${names[0]} VALUES (@position, @at, @type, @account, @actor, @network)`)
    for (const row of saved) insert.run(row)
    again.close()
    expect(code).toBe(0)
  })

  test('refuses what is no export, one of format 1, half of one, and a wrong key, in one sentence without a value of it', async () => {
    for (const text of ['{}', 'not JSON', JSON.stringify({ ...ada, format: 1 }), JSON.stringify(ada).slice(0, -2)]) {
      const { code, stderr, told } = await verify(text)
      expect([code, told]).toEqual([3, null])
      expect(stderr).toContain('is no complete export of format 2')
      expect(stderr).not.toContain('ada@example.org')
    }
    writeFileSync(place('export.json'), JSON.stringify(ada))
    const wrong = await runCommand(['verify', '--export', place('export.json')], { ...env, MASTER_KEY: `${'B'.repeat(42)}A=` })
    expect([wrong.code, wrong.stdout]).toEqual([1, ''])
    expect(wrong.stderr).toContain('does not open this log')
    expect((await runCommand(['verify', '--export', place('nothing.json')], env)).code).toBe(1)
  })

  test('says that the log itself does not fit before it says anything of an export', async () => {
    const db = new Database(place('data/gatebook.db'))
    db.exec("UPDATE event SET actor = 'anonymous' WHERE type = 'DataExported'")
    db.close()
    const { code, told } = await verify(ada)
    expect(code).toBe(3)
    expect(told).toMatchObject({ ok: false, finding: { type: 'changed' }, export: null })
  })
})
