import Database from 'better-sqlite3'
import type { NewEvent } from '../../application/ports/event-store.ts'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'

type Item = { readonly stream: string; readonly event: NewEvent }

/** What one would write by hand in the main thread: the same table, WAL, FULL, one prepared insert, one transaction a group. */
export function plainLog(file: string) {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(schema)
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  let position = 0

  const insertOne = ({ stream, event }: Item) => {
    const { actor, correlationId, causationId, sessionId = null } = event.metadata
    const at = new Date().toISOString()
    insert.run(
      ++position,
      stream,
      0,
      event.eventId,
      event.type,
      event.version,
      JSON.stringify(event.data),
      actor,
      correlationId,
      causationId,
      at,
      sessionId,
    )
  }
  const insertGroup = db.transaction((items: readonly Item[]) => {
    for (const item of items) insertOne(item)
  })

  const insertAll = (items: readonly Item[], groupSize: number) => {
    if (groupSize === 1) for (const item of items) insertOne(item)
    else for (let at = 0; at < items.length; at += groupSize) insertGroup(items.slice(at, at + groupSize))
  }
  return { insertAll, close: () => void db.close() }
}
