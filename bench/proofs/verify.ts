import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { applicationIds, schema, schemaVersions } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { treeGrower } from '../../infrastructure/event-store/sqlite/proofs/tree/grow-tree.ts'
import { openProofsForReading, openProofsForWriting, proofsFile } from '../../infrastructure/event-store/sqlite/proofs/tree/proofs-file.ts'
import { tilesIn } from '../../infrastructure/event-store/sqlite/proofs/tree/tiles.ts'
import { verifyProofs } from '../../infrastructure/event-store/sqlite/proofs/verify/verify-log.ts'
import { type EventRow, eventColumns, eventOfRow } from '../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { fillLog } from '../read-models/replay-log.ts'
import { median, medianRatio, turnByTurn } from '../support/rounds.ts'

const events = Number(process.env.PROOF_EVENTS ?? 1_000_000)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)

const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-proofs-'))
const file = join(folder, 'data', 'gatebook.db')
mkdirSync(join(folder, 'data'), { mode: 0o700 })
const filled = new Database(file)
filled.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`)
filled.exec(`PRAGMA application_id = ${applicationIds.log}; PRAGMA user_version = ${schemaVersions.log}`)
fillLog(filled, events)
filled.close()

/** Seconds by the clock and of CPU time. */
const timed = (work: () => void) => {
  const [start, { user, system }] = [performance.now(), process.cpuUsage()]
  work()
  const used = process.cpuUsage()
  return { wall: (performance.now() - start) / 1_000, cpu: (used.user + used.system - user - system) / 1e6 }
}

const log = openReadConnection(file)
const grown = timed(() => {
  const proofs = openProofsForWriting(proofsFile(join(folder, 'data')))
  const { grow } = treeGrower(log, proofs)
  while (grow(Number.MAX_SAFE_INTEGER).isBehind);
  proofs.close()
})
const proofs = openProofsForReading(proofsFile(join(folder, 'data')))
const tiles = tilesIn(proofs)
const size = tiles.size()
const heads = [{ size, root: tiles.hashOf(0, size), name: 'the newest' }]

const readAll = () => {
  const rows = log.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position > ? ORDER BY position LIMIT 512`).raw()
  for (let page = rows.all(0); page.length > 0; page = rows.all(page.at(-1)?.[0] ?? 0)) for (const row of page) eventOfRow(row)
}
let resident = 0
const verify = () => {
  const watch = () => {
    resident = Math.max(resident, process.memoryUsage.rss())
  }
  const { finding } = verifyProofs(log, { tiles, heads, onProgress: watch })
  if (finding !== null) throw new Error(`nothing was changed, but: ${finding.type}`)
}

try {
  const turns = await turnByTurn(rounds, { read: async () => timed(readAll), verify: async () => timed(verify) })
  const walls = (of: readonly { wall: number }[]) => of.map(({ wall }) => wall)
  const cpus = (of: readonly { cpu: number }[]) => of.map(({ cpu }) => cpu)
  const perSecond = (seconds: number) => Math.round(events / seconds)
  console.log(
    `building the tree of ${size} events: ${grown.wall.toFixed(1)} s, ${((grown.cpu / events) * 1e6).toFixed(1)} µs CPU time each`,
  )
  console.log(`proofs.db: ${(statSync(proofsFile(join(folder, 'data'))).size / size).toFixed(1)} bytes for each event`)
  console.log(
    `verify: ${perSecond(median(walls(turns.verify)))} events/s, reading and parsing ${perSecond(median(walls(turns.read)))} events/s`,
  )
  console.log(
    `ratio ${medianRatio(walls(turns.read), walls(turns.verify)).toFixed(2)} by wall time, ${medianRatio(cpus(turns.read), cpus(turns.verify)).toFixed(2)} by CPU time`,
  )
  console.log(`at most ${Math.round(resident / 1_048_576)} MB resident; load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  log.close()
  proofs.close()
  rmSync(folder, { recursive: true, force: true })
}
