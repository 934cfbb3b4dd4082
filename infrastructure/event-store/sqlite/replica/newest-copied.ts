import type { Database } from 'better-sqlite3'

/** Identifies an event, to find out whether the replica is a copy of a given log. */
export type NewestCopied = {
  readonly position: number
  readonly stream: string
  readonly revision: number
  readonly eventId: string
}

/** `undefined` if the replica is empty. */
export function newestCopied(db: Database) {
  const newest = db.prepare<[], NewestCopied>(
    'SELECT position, stream, revision, event_id AS eventId FROM event ORDER BY position DESC LIMIT 1',
  )
  return () => newest.get()
}

/** Milliseconds since 1970; 0 if the replica is empty. */
export function newestRecordedAt(db: Database): number {
  const recordedAt = db.prepare<[], string>('SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1').pluck().get()
  return recordedAt === undefined ? 0 : Date.parse(recordedAt)
}
