import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { left } from 'fp-ts/lib/Either.js'
import { backtestsInSlices } from '../../application/backtest/backtest-in-slices.ts'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { fillLog } from '../read-models/replay-log.ts'

/** How long a back-test on the server holds up the event loop, and what it takes of the processor. */
const events = Number(process.env.AUDIT_EVENTS ?? 300_000)
const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-beside-'))
const db = new Database(join(folder, 'gatebook.db'))
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`)
fillLog(db, events)

const lockout = { maxAttempts: 3, lockout: 60_000, lockoutMax: 3_600_000 }
const policy = { login: { ...lockout, challengeLifetime: null }, codes: lockout, networks: { attemptsPerMinute: 10, blocked: [] } }
const shredded = left({ type: 'key_shredded' as const })
const backtests = backtestsInSlices({ log: localLog(db), newest: () => events, vault: { unseal: () => async () => shredded } })

/** Milliseconds. */
const delay = monitorEventLoopDelay({ resolution: 1 })
const start = performance.now()
const cpu = process.cpuUsage()
delay.enable()
let last = ''
for await (const line of backtests.begin(policy, { from: null, to: null }, () => true) ?? []) last = line.type
delay.disable()
const { user, system } = process.cpuUsage(cpu)
const wall = performance.now() - start
const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1)
console.log(
  `${last} of ${events} events in ${(wall / 1_000).toFixed(1)} s, ${((user + system) / 10 / wall).toFixed(0)} % of a processor; ` +
    `the event loop waits ${ms(delay.percentile(50))} ms (p50), ${ms(delay.percentile(99))} ms (p99), ${ms(delay.max)} ms at most; load ${loadavg()[0]?.toFixed(1)}`,
)
db.close()
rmSync(folder, { recursive: true, force: true })
