import type { Database } from 'better-sqlite3'

export type StoredCheckpoint = { readonly size: number; readonly note: string }

const page = 100

/** Those that this log has signed, as far as its file knows. */
export function checkpointsIn(db: Database) {
  const newest = db.prepare<[], StoredCheckpoint>('SELECT size, note FROM checkpoint ORDER BY id DESC LIMIT 1')
  const after = db.prepare<[number], StoredCheckpoint & { readonly id: number }>(
    `SELECT id, size, note FROM checkpoint WHERE id > ? ORDER BY id LIMIT ${page}`,
  )
  return {
    newest: () => newest.get(),
    /** In the order in which they were signed. */
    *all(): Generator<StoredCheckpoint> {
      let last = 0
      for (let found = after.all(last); found.length > 0; found = after.all(last)) {
        yield* found
        last = found.at(-1)?.id ?? last
      }
    },
  }
}
