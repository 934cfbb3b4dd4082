import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { categoryOf } from '../../domain/kernel/streams.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { contents } from '../projections/support/contents.ts'
import { runCommand } from '../support/run-command.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { overHttp } from '../support/server/over-http.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

/** `KILL_ROUNDS=50` for the long run. */
const rounds = Number(process.env.KILL_ROUNDS ?? 4)
const names = 200
const longAgo = () => Date.now() - 40 * 86_400_000

const isErased = ({ type }: { type: string }) => type === 'LoginPayloadErased'

const sha256 = (data: unknown) => createHash('sha256').update(JSON.stringify(data)).digest('hex')

/** Whether each event is where it was, and is what it was or says the hash of it. */
const nothingIsLost = async (dataDir: string, before: Awaited<ReturnType<typeof recordedLog>>) => {
  const log = new Map((await recordedLog(dataDir)).map((event) => [event.position, event]))
  for (const event of before) {
    if (categoryOf(event.stream) === 'dataKey') continue
    const { type, version, data, ...place } = event
    const now = log.get(event.position)
    expect(now).toMatchObject(place)
    if (now === undefined || !isErased(now)) expect(now).toEqual(event)
    else expect(now.data).toMatchObject({ eventType: type, eventVersion: version, sha256: sha256(data) })
  }
  return [...log.values()].filter(isErased).length
}

const readModelsEqualARebuild = (dataDir: string) => {
  const db = new Database(join(dataDir, 'gatebook.db'))
  const kept = contents(db)
  rebuild(db, localLog(db), { force: true })
  expect(contents(db)).toEqual(kept)
  db.close()
}

test(`kill -9 while payloads are erased, ${rounds} times, loses nothing else`, async () => {
  const random = seededRandom()
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
  try {
    const early = await startTestServer({ dataDir, hooks: { wall: longAgo } })
    await early.register()
    for (let n = 0; n < names; n++) await early.post('/login', { email: `n${n}@example.org`, password: 'wrong', transport: 'bearer' })
    await early.stop()
    const before = await recordedLog(dataDir)
    const steps: number[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await startGatebook({ dataDir })
      const since = await nothingIsLost(dataDir, before)
      while ((await nothingIsLost(dataDir, before)) === since && since < 2 * names) await pause(5)
      await pause(random.below(150))
      await server.kill()
      steps.push(await nothingIsLost(dataDir, before))
      readModelsEqualARebuild(dataDir)
    }
    process.stderr.write(`kill -9, ${rounds} rounds: erased ${steps.join(', ')} of ${2 * names}\n`)
    expect(steps[0]).toBeGreaterThan(0)
    expect(steps[0]).toBeLessThan(2 * names)
    const last = await startGatebook({ dataDir })
    while ((await nothingIsLost(dataDir, before)) < 2 * names) await pause(20)
    const again = overHttp(last.baseUrl)
    expect((await again.logIn()).token).toEqual(expect.any(String))
    await last.stop()
    const summaries = (await recordedLog(dataDir)).filter(({ type }) => type === 'LoginSummarized')
    expect(summaries.length).toBe(names)
    expect(await runCommand(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)
