import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { runCommand } from '../support/run-command.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-after-retention-'))
const dataDir = join(folder, 'data')
const place = (name: string) => join(folder, name)
const masterKey = { MASTER_KEY: `${'A'.repeat(43)}=` }
const longAgo = Date.now() - 100 * 86_400_000
let accountId: string
let before: readonly RecordedEvent[]

const isGrant = ({ type }: RecordedEvent) => type === 'SessionGranted'

/** Sessions that expired long ago lose their origin. What looked at them before must not take that for a change of the log. */
beforeAll(async () => {
  const early = await startTestServer({ dataDir, hooks: { wall: () => longAgo }, env: masterKey })
  const ada = await early.register({ email: 'ada@example.org' })
  accountId = ada.accountId
  const elevated = await early.elevated(ada.token)
  writeFileSync(place('export.json'), JSON.stringify(mustBe(200, await early.get('/me/export', elevated))))
  await early.logIn({ email: 'ada@example.org' })
  await early.stop()
  before = await recordedLog(dataDir)

  const late = await startTestServer({ dataDir, env: { ...masterKey, AUDIT_RETENTION: 'sessions=10' } })
  const left = async () => (await recordedLog(dataDir)).filter(isGrant).length
  for (let tries = 0; tries < 500 && (await left()) > 0; tries++) await pause(20)
  expect(await left()).toBe(0)
  const head = await late.gatebook.proofs.checkpoint()
  if (head._tag === 'Left') throw new Error(head.left.detail)
  writeFileSync(place('checkpoint.txt'), head.right.note)
  await late.stop()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await runCommand([...args, '--json'], {
    DATA_DIR: dataDir,
    PUBLIC_ORIGIN: 'http://localhost:1984',
    ...masterKey,
  })
  return { code, stderr, told: JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') }
}

describe('after the origins of old sessions were erased', () => {
  test('verify finds nothing in an export from before', async () => {
    const { code, told } = await run('verify', '--export', place('export.json'), '--checkpoint', place('checkpoint.txt'))
    expect({ code, findings: told.export.findings }).toEqual({ code: 0, findings: [] })
  })

  test('refold finds no difference', async () => {
    expect(await run('refold', '--samples', '300')).toMatchObject({ code: 0, told: { differences: 0 } })
    expect(await run('refold', '--all')).toMatchObject({ code: 0, told: { differences: 0 } })
  })

  test('explain says of grants, and of what followed in their sessions, that it was erased', async () => {
    const [grant] = before.filter(isGrant)
    const later = before.find(({ stream, revision }) => stream === grant?.stream && revision > 0)
    for (const event of [grant, later]) {
      const { told } = await run('explain', String(event?.position))
      expect(told).toMatchObject({ agrees: false, because: 'erased', why: 'What it was decided from was erased.' })
    }
  })

  test('account-at says that a part of the account is missing', async () => {
    const { told } = await run('account-at', accountId, '--time', new Date(longAgo).toISOString())
    const now = await run('account-at', accountId, '--time', new Date(Date.now() + 86_400_000).toISOString())
    expect([told.moment.isWhole, now.told.moment.isWhole]).toEqual([false, true])
  })
})
