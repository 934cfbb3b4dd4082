import type { Database } from 'better-sqlite3'

const day = 86_400_000
const step = 1_024

/**
 * Between which positions the events of each day (UTC) stand, so that a question about a time reads that part of the log only. Times are in
 * the order of positions but for a few, so this cannot be worked out from neighbours. `last` is rounded up: it is not written for each event.
 */
export function auditDays(db: Database, table: string) {
  const widen = db.prepare(
    `INSERT INTO ${table} VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`,
  )
  let knownDay = Number.NaN
  let knownLast = 0

  const saw = (at: number, position: number) => {
    const today = Math.floor(at / day)
    const last = Math.ceil(position / step) * step
    if (today === knownDay && last === knownLast) return
    widen.run(today, position, last)
    knownDay = today
    knownLast = last
  }
  const forget = () => {
    knownDay = Number.NaN
  }
  return { saw, forget }
}

/** The lowest and the highest position at which something of that time (milliseconds, inclusive) can stand. */
export function positionsWithin(db: Database, table: string) {
  const first = db.prepare<[number], number | null>(`SELECT min(first) FROM ${table} WHERE day >= ?`).pluck()
  const last = db.prepare<[number], number | null>(`SELECT max(last) FROM ${table} WHERE day <= ?`).pluck()
  return (from: number | undefined, to: number | undefined) => ({
    low: from === undefined ? 0 : (first.get(Math.floor(from / day)) ?? Number.MAX_SAFE_INTEGER),
    high: to === undefined ? Number.MAX_SAFE_INTEGER : (last.get(Math.floor(to / day)) ?? 0),
  })
}
