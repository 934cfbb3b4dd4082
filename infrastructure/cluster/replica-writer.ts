import type { Database } from 'better-sqlite3'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import type { Projector } from '../../projections/engine/projector.ts'
import { readPosition } from '../../projections/engine/registry.ts'
import { clearReplica } from '../event-store/sqlite/replica/clear.ts'
import { copyRows, NotTheNext } from '../event-store/sqlite/replica/copy-rows.ts'
import { eventOfLogRow, type LogRow } from '../event-store/sqlite/replica/log.ts'
import { codeOf } from '../event-store/sqlite/sqlite-error.ts'
import { type Batch, columnsOfRow, type Message, type ReplicaWriteFailure, type Reply } from './replica-messages.ts'

const isSqlite = (error: unknown) => codeOf(error).startsWith('SQLITE_')

/** A broken rule of the table is a gap too: an event that is there already. */
const failureOf = (error: unknown): ReplicaWriteFailure => {
  if (error instanceof NotTheNext) return { type: 'gap', detail: error.message }
  if (codeOf(error).startsWith('SQLITE_CONSTRAINT')) return { type: 'gap', detail: `an event came twice: ${codeOf(error)}` }
  if (isSqlite(error)) return { type: 'file', detail: `the file of this node failed: ${codeOf(error)}` }
  return { type: 'projection', detail: error instanceof Error ? error.message : 'unknown' }
}

/**
 * Answers each batch when its events, the rows that follow from them and the position stand in the file, in one transaction, or none of it does.
 * A batch that goes on from elsewhere than where the file is, after one that failed for instance, is refused.
 */
export function replicaWriter(db: Database, projector: Projector) {
  const copy = copyRows(db)
  const position = readPosition(db)

  const take = ({ columns, after, through, isLive }: Batch) => {
    const here = position()
    if (after !== here) throw new NotTheNext(`what follows on position ${after} came at position ${here}`)
    const events: RecordedEvent[] = []
    for (let at = 0; at < columns.length; at += columnsOfRow) {
      const row = columns.slice(at, at + columnsOfRow) as LogRow
      copy.add(row)
      events.push(eventOfLogRow(row))
    }
    copy.flush(through, isLive)
    projector.apply(events, through)
  }
  const inOneTransaction = db.transaction(take)

  return (message: Message): Reply => {
    try {
      if (message !== 'wipe') inOneTransaction.immediate(message)
      else {
        clearReplica(db)
        copy.forget()
      }
      return { failure: null }
    } catch (error) {
      copy.forget()
      return { failure: failureOf(error) }
    }
  }
}
