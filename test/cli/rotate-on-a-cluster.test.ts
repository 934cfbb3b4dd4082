import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { nodeEnv } from '../infrastructure/cluster/support.ts'
import { startStandIn } from '../support/event-store-stand-in/stand-in.ts'
import { runCommand } from '../support/run-command.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-rotate-nodes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the master key of a cluster is replaced while every node is stopped, and nothing but it changes', async () => {
  const standIn = await startStandIn()
  const patient = { MAX_STALENESS_MS: '20000' }
  const start = (name: string, MASTER_KEY?: string) =>
    startTestServer({
      dataDir: join(folder, name),
      env: { ...nodeEnv(standIn.url), ...patient, ...(MASTER_KEY === undefined ? {} : { MASTER_KEY }) },
    })
  const one = await start('one')
  const root = await one.elevated((await one.setUp(setupToken)).token)
  const { token } = await one.register({ email: 'ada@example.org' })
  const gone = await one.register({ email: 'gone@example.org' })
  mustBe(204, await one.del(`/admin/accounts/${gone.accountId}`, root))
  await one.stop()

  const next = Buffer.alloc(32, 5).toString('base64')
  const file = join(folder, 'new.key')
  writeFileSync(file, `${next}\n`, { mode: 0o600 })
  const env = { ...nodeEnv(standIn.url), DATA_DIR: join(folder, 'one') }
  const rotated = await runCommand(['rotate-master-key', '--new-key-file', file], env)
  expect([rotated.code, rotated.stdout]).toEqual([0, expect.stringContaining('Every data key is encrypted with the new master key')])
  const again = await runCommand(['rotate-master-key', '--new-key-file', file], env)
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('(0 changed)')])

  await expect(start('old')).rejects.toMatchObject({ failure: { type: 'wrong_master_key' } })
  // A node that was there, and a new one, which reads the whole log.
  for (const name of ['one', 'two']) {
    const node = await start(name, next)
    expect(mustBe(200, await node.get('/session', token)).email).toBe('ada@example.org')
    await node.logIn({ email: 'ada@example.org' })
    const admin = await node.elevated((await node.logIn({ email: 'root@example.org' })).token)
    expect(mustBe(200, await node.get(`/admin/accounts/${gone.accountId}`, admin)).email).toBeNull()
    await node.stop()
  }
  standIn.kill()
})
