import type { Database } from 'better-sqlite3'

export type NewestCopied = {
  readonly position: number
  readonly stream: string
  readonly revision: number
  readonly eventId: string
}

export function newestCopied(db: Database) {
  const newest = db.prepare<[], NewestCopied>(
    'SELECT position, stream, revision, event_id AS eventId FROM event ORDER BY position DESC LIMIT 1',
  )
  return () => newest.get()
}

/** Milliseconds since 1970; 0 if empty. */
export function newestRecordedAt(db: Database): number {
  const recordedAt = db.prepare<[], string>('SELECT recorded_at FROM event ORDER BY position DESC LIMIT 1').pluck().get()
  return recordedAt === undefined ? 0 : Date.parse(recordedAt)
}
