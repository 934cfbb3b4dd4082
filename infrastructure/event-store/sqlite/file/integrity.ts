import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CannotStart } from './start-failure.ts'

/** `quick` reads every page; `full` also compares every index with its table. */
export type Thoroughness = 'none' | 'quick' | 'full'

const mostListed = 20

export function refuseUnsound(db: Database.Database, file: string, check: Thoroughness) {
  if (check === 'none') return
  const findings = db
    .prepare(check === 'full' ? 'PRAGMA integrity_check' : 'PRAGMA quick_check')
    .pluck()
    .all()
  if (findings.length !== 1 || findings[0] !== 'ok') {
    const listed = check === 'full' ? `:\n${findings.slice(0, mostListed).map(printable).join('\n')}` : ''
    throw new CannotStart(`${file} fails SQLite's ${check} check with ${findings.length} findings${listed}`, { type: 'damaged' })
  }
}

/** They name trees, pages, rows and indexes, and no content. */
const printable = (finding: unknown) => String(finding).replace(/\p{C}/gu, ' ')

/** SQLite takes a truncated last page for one that ends in zeros. Call it only when the write-ahead log is empty. */
export function refuseCutOff(db: Database.Database, file: string) {
  const whole = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  if (statSync(file).size < whole) throw new CannotStart(`${file} is cut off`, { type: 'damaged' })
}
