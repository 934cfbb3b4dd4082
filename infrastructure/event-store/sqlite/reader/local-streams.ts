import type { Database } from 'better-sqlite3'
import type { LocalStreams } from '../../../../application/explain/local-streams.ts'
import type { Instant } from '../../../../domain/kernel/instant.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'
import { type EventRow, eventColumns, eventOfRow } from './event-rows.ts'

/** Throws `UnreadableRow` and what SQLite throws. */
export function localStreams(db: Database): LocalStreams {
  // CAST: with a bare parameter in a range SQLite plans the statement again on each bind (STAT4).
  const at = db.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM event WHERE position = ?`).raw()
  const between = db
    .prepare<[string, number, number], EventRow>(
      `SELECT ${eventColumns} FROM event
       WHERE stream = CAST(? AS TEXT) AND revision >= CAST(? AS INTEGER) AND revision <= CAST(? AS INTEGER) ORDER BY revision`,
    )
    .raw()
  // By revision, so that only what came after the event is read: a long stream has one every 256 events.
  const ofType = db
    .prepare<[string, number, string], number>(
      `SELECT revision FROM event WHERE stream = CAST(? AS TEXT) AND revision <= CAST(? AS INTEGER) AND +type = CAST(? AS TEXT)
       ORDER BY revision DESC LIMIT 1`,
    )
    .pluck()
  const until = db
    .prepare<[string, number], EventRow>(
      `SELECT ${eventColumns} FROM event WHERE stream = CAST(? AS TEXT) AND position <= CAST(? AS INTEGER) ORDER BY revision DESC LIMIT 1`,
    )
    .raw()
  const newest = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck()
  const around = db
    .prepare<[number], [position: number, recordedAt: string]>(
      'SELECT position, recorded_at FROM event WHERE position <= CAST(? AS INTEGER) ORDER BY position DESC LIMIT 1',
    )
    .raw()
  /** There is no index on times, which grow with positions. */
  const positionAt = (time: Instant) => {
    let [low, high] = [0, newest.get() ?? 0]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const [position, recordedAt] = around.get(middle) ?? [0, '']
      if (position <= low || Date.parse(recordedAt) <= time) low = middle
      else high = position - 1
    }
    return around.get(low)?.[0] ?? 0
  }
  const recorded = (row: EventRow | undefined) => {
    const event = row && eventOfRow(row)
    return event === undefined || isKeyStream(event.stream) ? undefined : event
  }
  return {
    positionAt,
    at: (position) => recorded(at.get(position)),
    events: (stream, from, through) => (isKeyStream(stream) ? [] : between.all(stream, from, through).map(eventOfRow)),
    newestOfType: (stream, type, through) => ofType.get(stream, through, type),
    newestUntil: (stream, position) => recorded(until.get(stream, position)),
  }
}
