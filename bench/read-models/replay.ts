import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SingleBar } from 'cli-progress'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { fillLog } from './replay-log.ts'

/**
 * Seconds, and `ratio` = reading and parsing alone / replay into fresh read models (1 would be free of cost; the goal is 0.5). `cpuRatio`: the same
 * of the CPU time of the whole process, both threads of the rebuild together; it says more where others use the machine too.
 */
export type ReplayFigures = {
  readonly events: number
  readonly readAndParse: number
  readonly replay: number
  readonly ratio: number
  readonly cpuRatio: number
}

const seconds = (work: () => void) => {
  const start = performance.now()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1_000, cpu: (user + system) / 1e6 }
}

const readAndParse = (db: Database.Database) => {
  const rows = db
    .prepare<[], [number, string, number, string, string, number, string]>(
      'SELECT position, stream, revision, event_id, type, version, data, actor, correlation_id, causation_id, recorded_at FROM event ORDER BY position',
    )
    .raw()
    .iterate()
  let parsed = 0
  for (const row of rows) if (JSON.parse(row[6]) !== null) parsed++
  return parsed
}

export function replayFigures(events = 1_000_000, onProgress?: (done: number, total: number) => void): ReplayFigures {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-replay-'))
  try {
    const db = new Database(join(folder, 'gatebook.db'))
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; ${schema}`)
    fillLog(db, events)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const before = seconds(() => readAndParse(db))
    const replay = seconds(() =>
      rebuild(db, localLog(db), { force: true, ...(onProgress && { onProgress: ({ done, total }) => onProgress(done, total) }) }),
    )
    const after = seconds(() => readAndParse(db))
    db.close()
    const alone = (before.wall + after.wall) / 2
    const cpuRatio = (before.cpu + after.cpu) / 2 / replay.cpu
    return { events, readAndParse: alone, replay: replay.wall, ratio: alone / replay.wall, cpuRatio }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const bar = new SingleBar({ format: 'replay {bar} {percentage}% {value}/{total} events, {eta}s left' })
  const events = Number(process.env.REPLAY_EVENTS ?? 1_000_000)
  bar.start(events, 0)
  const figures = replayFigures(events, (done) => bar.update(done))
  bar.stop()
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
