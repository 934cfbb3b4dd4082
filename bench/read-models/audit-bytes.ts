import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { fillLog } from './replay-log.ts'

/** Bytes of the database file for each event of the log, by table, indexes included. `pages` are whole pages, free room in them too. */
const events = Number(process.env.AUDIT_EVENTS ?? 300_000)
const folder = mkdtempSync(join(tmpdir(), 'gatebook-audit-bytes-'))
try {
  const db = new Database(join(folder, 'gatebook.db'))
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; ${schema}`)
  fillLog(db, events)
  const start = process.cpuUsage()
  rebuild(db, localLog(db), { force: true })
  const { user, system } = process.cpuUsage(start)
  const pages = db
    .prepare<[], { table: string; bytes: number }>(
      `SELECT CASE WHEN s.tbl_name LIKE 'audit%' THEN s.tbl_name ELSE 'other' END AS "table", sum(d.pgsize) AS bytes
       FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY 1 ORDER BY 1`,
    )
    .all()
  const perEvent = Object.fromEntries(pages.map(({ table, bytes }) => [table, Math.round((10 * bytes) / events) / 10]))
  process.stdout.write(`${JSON.stringify({ events, perEvent, microsecondsToRebuild: (user + system) / events })}\n`)
  db.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
