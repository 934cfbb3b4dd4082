import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CannotStart } from './start-failure.ts'

/** `quick` reads every page; `full` also compares every index with its table. */
export type Thoroughness = 'none' | 'quick' | 'full'

export function refuseUnsound(db: Database.Database, file: string, check: Thoroughness) {
  if (check === 'none') return
  const findings = db
    .prepare(check === 'full' ? 'PRAGMA integrity_check' : 'PRAGMA quick_check')
    .pluck()
    .all()
  if (findings.length !== 1 || findings[0] !== 'ok') {
    throw new CannotStart(`${file} fails SQLite's ${check} check with ${findings.length} findings`, { type: 'damaged' })
  }
}

/** SQLite takes a truncated last page for one that ends in zeros. Call it only when the write-ahead log is empty. */
export function refuseCutOff(db: Database.Database, file: string) {
  const whole = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  if (statSync(file).size < whole) throw new CannotStart(`${file} is cut off`, { type: 'damaged' })
}
