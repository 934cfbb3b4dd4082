import type Database from 'better-sqlite3'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { runSqliteWriter } from '../../../../infrastructure/event-store/sqlite/writer/run-writer.ts'

const sleep = (milliseconds: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/** A projector that keeps its events, and acts on some event types in the middle of the transaction. */
const openProjector = (db: Database.Database) => {
  db.exec('CREATE TABLE IF NOT EXISTS projected (position INTEGER PRIMARY KEY, seen TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO projected VALUES (?, ?)')
  const obey = ({ type, data }: RecordedEvent) => {
    if (type === 'Sleep') sleep(Number(data))
    if (type === 'LimitPages') db.pragma(`max_page_count = ${Number(data)}`)
    if (type === 'Throw') throw new Error('told to throw')
    if (type === 'Die') process.exit(1)
  }
  const apply = (events: readonly RecordedEvent[]) => {
    for (const event of events) {
      insert.run(event.position, JSON.stringify(event))
      obey(event)
    }
  }
  return { apply, erase: () => {} }
}

runSqliteWriter({ openProjector })
