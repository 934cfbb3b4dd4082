import { join } from 'node:path'
import Database from 'better-sqlite3'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Refolded, refoldJob } from '../../infrastructure/background/refold-job.ts'
import { countedBy } from '../../infrastructure/observability/feed-metrics.ts'
import { logHooks } from '../../infrastructure/observability/log-hooks.ts'
import { createMetrics } from '../../infrastructure/observability/metrics.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

describe('the comparison of the read models with the log, in a server', () => {
  const metrics = createMetrics({ ofProcess: false })
  const lines: string[] = []
  const line = (fields: unknown, text?: string) => void lines.push(JSON.stringify([fields, text]))
  const logger = { debug: line, info: line, warn: line, error: line, fatal: line, trace: line }
  let app: InProcess
  let root: string
  beforeAll(async () => {
    app = await startTestServer({ hooks: countedBy(metrics, logHooks(logger as never)) })
    root = (await app.setUp(setupToken)).token
    for (const name of ['ada', 'bob']) await app.register({ email: `${name}@example.org` })
  })
  afterAll(() => app.stop())
  const shown = async () => (await app.get('/admin/health', root)).body.refold
  const scraped = async (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(await metrics.render())?.[1]

  test('finds nothing, says so to administrators and in the metrics, and logs nothing', async () => {
    expect(await shown()).toBeNull()
    expect(await scraped('gatebook_refold_timestamp_seconds')).toBe('0')
    await app.gatebook.refold.run()
    expect(await shown()).toEqual({ at: expect.any(String), checked: expect.any(Number), differences: 0 })
    expect((await shown()).checked).toBeGreaterThan(4)
    expect(await scraped('gatebook_refold_differences')).toBe('0')
    expect(Number(await scraped('gatebook_refold_checked_total'))).toBeGreaterThan(4)
    expect(Number(await scraped('gatebook_refold_timestamp_seconds'))).toBeGreaterThan(0)
    expect(lines).toEqual([])
  })

  test('finds a row that somebody has changed, and names the column and nobody', async () => {
    const db = new Database(join(app.dataDir, 'gatebook.db'))
    const { changes } = db.prepare('UPDATE accounts_v7 SET roles = \'["admin"]\'').run()
    db.close()
    await app.gatebook.refold.run()
    // Of the administrator it is true.
    expect(await shown()).toMatchObject({ differences: changes - 1 })
    expect(await scraped('gatebook_refold_differences')).toBe(String(changes - 1))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"places":["accounts_v7.roles"]')
    expect(lines[0]).not.toMatch(/example\.org|[0-9a-f]{8}-[0-9a-f]{4}/)
  })
})

describe('the schedule', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  const scheduled = (hours: number, isReady = true) => {
    const told: Refolded[] = []
    let [begun, stopped] = [0, 0]
    let finish: (failed?: boolean) => void = () => {}
    const job = refoldJob({
      hours,
      isReady: () => isReady,
      compare: () => {
        begun += 1
        const result = new Promise<
          Parameters<typeof refoldJob>[0] extends { compare: (p: never) => { result: infer R } } ? Awaited<R> : never
        >((resolve) => {
          finish = (failed = false) => resolve(failed ? left({ detail: 'the disk is gone' }) : right({ checked: 3, differences: 0 }))
        })
        const stop = async () => {
          stopped += 1
        }
        return { result, stop }
      },
      now: () => 7,
      onRefolded: (refolded) => told.push(refolded),
    })
    return { job, told, finish: (failed?: boolean) => finish(failed), counts: () => [begun, stopped] }
  }

  test('begins five minutes after the start, and then every REFOLD_HOURS', async () => {
    const { told, finish, counts } = scheduled(2)
    await vi.advanceTimersByTimeAsync(299_000)
    expect(counts()).toEqual([0, 0])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(counts()).toEqual([1, 0])
    finish()
    await vi.advanceTimersByTimeAsync(2 * 3_600_000 - 300_000)
    expect(counts()).toEqual([2, 0])
    expect(told).toEqual([{ at: 7, checked: 3, differences: 0, places: [], failure: null }])
  })

  test('begins no second one while one is under way, none with 0, and none while the node catches up', async () => {
    const busy = scheduled(1)
    const [off, stale] = [scheduled(0), scheduled(1, false)]
    await vi.advanceTimersByTimeAsync(5 * 3_600_000)
    expect([busy.counts(), off.counts(), stale.counts()]).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
    ])
  })

  test('tells of a failure without a count, and is silent after the end of the server', async () => {
    const { job, told, finish, counts } = scheduled(1)
    await vi.advanceTimersByTimeAsync(300_000)
    finish(true)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(job.last()).toEqual({ at: 7, checked: 0, differences: null, places: [], failure: 'the disk is gone' })
    await job.stop()
    finish(true)
    await vi.advanceTimersByTimeAsync(5 * 3_600_000)
    expect([told.length, counts()]).toEqual([1, [2, 1]])
  })
})
