import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restOfLog } from '../../../contract/event-store/support.ts'
import type { Random } from '../../../support/random.ts'
import { seededRandom } from '../../../support/seeded-random.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

/** `KILL_ROUNDS=100` for the long run. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)

let here = sqliteForTest()
beforeEach(() => {
  here = sqliteForTest()
})
afterEach(() => here.dispose())

/** Lets a process append and kills it at a random moment. Returns the appends that were acknowledged. */
const acknowledgedBeforeKill = async (random: Random, round: number) => {
  const notes = join(here.folder, `notes-${round}`)
  const script = join(import.meta.dirname, 'append-until-killed.ts')
  const appender = spawn(process.execPath, [script, here.file, notes], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(appender, 'exit')
  await Promise.race([once(appender.stdout, 'data'), ended])
  await setTimeout(random.below(300))
  appender.kill('SIGKILL')
  await ended
  expect(appender.signalCode).toBe('SIGKILL')
  return readFileSync(notes, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

test(`a process killed at any moment loses nothing acknowledged and leaves no partial append (${rounds} rounds)`, async () => {
  const random = seededRandom()
  let acknowledged = 0
  let seen = 0
  for (let round = 0; round < rounds; round++) {
    const lines = await acknowledgedBeforeKill(random, round)
    acknowledged += lines.length
    const store = await here.open({ create: false, check: 'full' })
    const log = await restOfLog(store, seen, 5_000)
    const lastOf = new Set(log.map(({ stream, revision, position, eventId }) => `${stream} ${revision} ${position} ${eventId}`))
    expect(lines.filter((line) => !lastOf.has(line))).toEqual([])
    const streams = Map.groupBy(log, ({ stream }) => stream)
    for (const events of streams.values()) {
      expect(events.length % 3).toBe(0)
      expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index))
    }
    seen = log.at(-1)?.position ?? seen
    await store.close()
  }
  expect(acknowledged).toBeGreaterThan(0)
}, 600_000)
