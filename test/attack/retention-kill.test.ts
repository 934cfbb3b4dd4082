import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { runCommand } from '../support/run-command.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

/** `KILL_ROUNDS=50` for the long run. */
const rounds = Number(process.env.KILL_ROUNDS ?? 4)
const logins = 250
const longAgo = () => Date.now() - 100 * 86_400_000
const env = { AUDIT_RETENTION: 'attempts=30,sessions=30' }

type Log = Awaited<ReturnType<typeof recordedLog>>

const erasedTypes = ['LoginPayloadErased', 'SessionPayloadErased']
const sha256 = (data: unknown) => createHash('sha256').update(JSON.stringify(data)).digest('hex')
const isKey = ({ stream }: { stream: string }) => stream.startsWith('dataKey-')

/** How many are erased. Each event must be where it was, and be what it was or say the hash of it. */
const erasedIn = async (dataDir: string, before: Log) => {
  const log = new Map((await recordedLog(dataDir)).map((event) => [event.position, event]))
  for (const event of before.filter((event) => !isKey(event))) {
    const { type, version, data, ...place } = event
    const now = log.get(event.position)
    expect(now).toMatchObject(place)
    if (now === undefined || !erasedTypes.includes(now.type)) expect(now).toEqual(event)
    else expect(now.data).toMatchObject({ eventVersion: version, sha256: sha256(data) })
  }
  return [...log.values()].filter(({ type }) => erasedTypes.includes(type)).length
}

test(`kill -9 while network and browser of old logins are erased, ${rounds} times, loses nothing else`, async () => {
  const random = seededRandom()
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
  try {
    const early = await startTestServer({ dataDir, hooks: { wall: longAgo }, env: { LOGIN_RATE_PER_MINUTE: '0', MAX_SESSIONS: '1000' } })
    await early.register()
    for (let n = 0; n < logins; n++) await early.logIn()
    // The leaves of what was not erased yet.
    expect((await early.gatebook.proofs.checkpoint())._tag).toBe('Right')
    await early.stop()
    const before = await recordedLog(dataDir)
    const due = before.filter(({ type }) => type === 'LoginAttempted' || type === 'SessionGranted').length
    const steps: number[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await startGatebook({ dataDir, env })
      const since = steps.at(-1) ?? 0
      while (since < due && (await erasedIn(dataDir, before)) === since) await pause(2)
      await pause(random.below(20))
      await server.kill()
      steps.push(await erasedIn(dataDir, before))
    }
    process.stderr.write(`kill -9, ${rounds} rounds: erased ${steps.join(', ')} of ${due}\n`)
    expect(steps[0]).toBeGreaterThan(0)
    expect(steps[0]).toBeLessThan(due)
    const last = await startGatebook({ dataDir, env })
    for (let waits = 0; waits < 500 && (await erasedIn(dataDir, before)) < due; waits++) await pause(20)
    await last.stop()
    expect(await erasedIn(dataDir, before)).toBe(due)
    expect((await recordedLog(dataDir)).filter(({ type }) => type === 'LoginSummarized').length).toBeLessThanOrEqual(3)
    expect(await runCommand(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
    expect(await runCommand(['verify'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)
