import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PublicEventType } from 'gatebook'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publicEventTypes } from '../../application/following/public-event.ts'
import { openApp, until } from '../api/following/following-app.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { recordedLog } from '../support/server/recorded-log.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? 5)
const child = fileURLToPath(new URL('support/follow-until-killed.ts', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatebook-follower-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const followers = () => ({ dataDir: join(folder, 'data'), notes: join(folder, 'notes') })

const linesOf = (notes: string) =>
  readFileSync(notes, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ') as [run: string, id: string])

/** Runs a follower until it has noted some events, and a random while longer. */
const runAndKill = async (name: string, restFor: number) => {
  const { dataDir, notes } = followers()
  const process = spawn(globalThis.process.execPath, ['--conditions=gatebook-source', child, dataDir, notes, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(process, 'exit')
  await Promise.race([once(process.stdout, 'data'), ended])
  await Promise.race([until(() => linesOf(notes).some(([run]) => run === name)), ended])
  await pause(restFor)
  process.kill('SIGKILL')
  expect((await ended)[1]).toBe('SIGKILL')
}

/** What is left, and how many events the log has that a host may see. */
const followToTheEnd = async () => {
  const { dataDir, notes } = followers()
  const all = (await recordedLog(dataDir)).filter(({ type }) => publicEventTypes.has(type)).map(({ eventId }) => eventId)
  const app = await openApp({}, dataDir)
  const rest: string[] = []
  app.gatebook.on([...publicEventTypes] as PublicEventType[], ({ id }) => void rest.push(id), { name: 'follower' })
  await until(() => rest.includes(all.at(-1) ?? ''))
  await app.close()
  return { all, runs: [...Map.groupBy([...linesOf(notes), ...rest.map((id) => ['rest', id] as const)], ([run]) => run).values()] }
}

describe(`a follower that is killed with kill -9, ${rounds} times`, () => {
  test('loses nothing, and sees nothing out of order', async () => {
    const random = seededRandom()
    writeFileSync(followers().notes, '')
    for (let round = 0; round < rounds; round++) await runAndKill(`r${round}`, random.below(400))
    const { all, runs } = await followToTheEnd()

    let reached = 0
    let repeated = 0
    for (const run of runs) {
      const ids = run.map(([, id]) => id)
      const start = all.indexOf(ids[0] ?? '')
      expect(start).toBeGreaterThanOrEqual(0)
      expect(start).toBeLessThanOrEqual(reached)
      expect(ids).toEqual(all.slice(start, start + ids.length))
      repeated += reached - start
      reached = start + ids.length
    }
    expect(reached).toBe(all.length)
    expect(runs).toHaveLength(rounds + 1)
    process.stderr.write(`follower killed ${rounds} times: ${all.length} public events, ${repeated} of them handled again\n`)
  }, 3_600_000)
})
