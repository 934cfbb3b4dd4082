import type { Database } from 'better-sqlite3'

/** Identifies an event, to find out whether the replica is a copy of a given log. */
export type NewestCopied = {
  readonly position: number
  readonly stream: string
  readonly revision: number
  readonly eventId: string
}

/** The newest event in the replica; `undefined` if there is none. */
export function newestCopied(db: Database) {
  const newest = db.prepare<[], NewestCopied>(
    'SELECT position, stream, revision, event_id AS eventId FROM event ORDER BY position DESC LIMIT 1',
  )
  return () => newest.get()
}

/** When the newest event in the replica was recorded: milliseconds since 1970, 0 if there is none. */
export function newestRecordedAt(db: Database): number {
  const recordedAt = db.prepare<[], string>('SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1').pluck().get()
  return recordedAt === undefined ? 0 : Date.parse(recordedAt)
}
