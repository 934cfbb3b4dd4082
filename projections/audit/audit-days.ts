import type { Database } from 'better-sqlite3'
import type { Instant } from '../../domain/kernel/instant.ts'

const day = 86_400_000
const step = 1_024

/** Where the events of each day (UTC) are: times do not always grow with positions. `last` is rounded up to save writes. */
export function auditDays(db: Database, table: string) {
  const widen = db.prepare(
    `INSERT INTO ${table} VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`,
  )
  let knownDay = Number.NaN
  let knownLast = 0

  const observe = (at: Instant, position: number) => {
    const today = Math.floor(at / day)
    const last = Math.ceil(position / step) * step
    if (today === knownDay && last === knownLast) return
    widen.run(today, position, last)
    knownDay = today
    knownLast = last
  }
  const clear = () => {
    knownDay = Number.NaN
  }
  return { observe, clear }
}

/** The lowest and the highest position at which an event of that time (inclusive) can be. */
export function positionsWithin(db: Database, table: string) {
  const first = db.prepare<[number], number | null>(`SELECT min(first) FROM ${table} WHERE day >= ?`).pluck()
  const last = db.prepare<[number], number | null>(`SELECT max(last) FROM ${table} WHERE day <= ?`).pluck()
  return (from: Instant | undefined, to: Instant | undefined) => ({
    low: from === undefined ? 0 : (first.get(Math.floor(from / day)) ?? Number.MAX_SAFE_INTEGER),
    high: to === undefined ? Number.MAX_SAFE_INTEGER : (last.get(Math.floor(to / day)) ?? 0),
  })
}
