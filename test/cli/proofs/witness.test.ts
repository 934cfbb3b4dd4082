import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { hasPython, startWitness } from '../../support/python-witness.ts'
import { runCommand } from '../../support/run-command.ts'
import { setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-witness-'))
const place = (name: string) => join(folder, name)
const token = 'a-token-for-the-tools-of-the-log'
const env = { MASTER_KEY: `${'A'.repeat(43)}=`, PUBLIC_ORIGIN: 'http://localhost:1984', DATA_DIR: place('data') }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasPython && process.env.CI === undefined)('checkpoints with a witness', () => {
  test('are cosigned before they are sent, served so while nothing is recorded, and verified', async () => {
    const first = await startTestServer({ dataDir: place('data'), env })
    await first.setUp(setupToken)
    const signed = await first.gatebook.proofs.checkpoint()
    await first.stop()
    if (isLeft(signed)) return expect.unreachable(signed.left.detail)
    const { vkey, note } = signed.right
    writeFileSync(place('alone.txt'), note)

    const witness = await startWitness('witness.example.com/w1', vkey)
    const app = await startTestServer({
      dataDir: place('data'),
      env: {
        ...env,
        PROOFS_TOKEN: token,
        PROOFS_WITNESSES: witness.entry,
        CHECKPOINT_INTERVAL_SECONDS: '10',
        CHECKPOINT_FILE: place('sent.txt'),
      },
    })
    try {
      await vi.waitFor(() => expect(readFileSync(place('sent.txt'), 'utf8')).toContain('witness.example.com/w1'), { timeout: 40_000 })
      const served = await app.get('/audit/checkpoint', token)
      expect(served.text).toBe(readFileSync(place('sent.txt'), 'utf8'))
      await app.register()
      expect((await app.get('/audit/checkpoint', token)).text).not.toContain('witness.example.com/w1')
    } finally {
      await app.stop()
      witness.stop()
    }

    const verify = (file: string, key: string) => runCommand(['verify', '--checkpoint', place(file), '--vkey', vkey, '--witness', key], env)
    expect(await verify('sent.txt', witness.vkey)).toMatchObject({ code: 0, stdout: expect.stringContaining('The log fits') })
    const alone = await verify('alone.txt', witness.vkey)
    expect(alone).toMatchObject({ code: 3, stderr: expect.stringContaining('has no valid cosignature of witness.example.com/w1') })
    expect(await verify('sent.txt', vkey)).toMatchObject({ code: 2, stderr: expect.stringContaining('--witness: expected') })
    expect(await runCommand(['verify', '--witness', witness.vkey], env)).toMatchObject({
      code: 2,
      stderr: '--witness: expected --checkpoint too\n',
    })
  })
})
