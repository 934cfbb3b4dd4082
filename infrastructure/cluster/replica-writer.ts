import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { type EventRow, eventOfRow } from '../event-store/sqlite/reader/event-rows.ts'
import { NotTheNext, type RowCopy } from '../event-store/sqlite/replica/copy-rows.ts'
import { codeOf } from '../event-store/sqlite/sqlite-error.ts'
import { type Batch, columnsOfRow, type Message, type ReplicaWriteFailure, type Reply } from './replica-messages.ts'

export type ReplicaReadModels = {
  readonly position: () => number
  /** `through`: the position up to which the log was read. What it throws rolls the batch back. */
  readonly apply: (events: readonly RecordedEvent[], through: number) => void
  readonly deleteRows: () => void
}

const failureOf = (error: unknown): ReplicaWriteFailure => {
  if (error instanceof NotTheNext) return { type: 'gap', detail: error.message }
  const code = codeOf(error)
  if (code.startsWith('SQLITE_CONSTRAINT')) return { type: 'gap', detail: `an event came twice: ${code}` }
  if (code.startsWith('SQLITE_')) return { type: 'file', detail: `the file of this node failed: ${code}` }
  return { type: 'projection', detail: error instanceof Error ? error.message : 'unknown' }
}

/** One transaction for a batch, its read models and its position. A batch that does not start where the replica ends is refused. */
export function replicaWriter(copy: RowCopy, models: ReplicaReadModels) {
  const take = ({ columns, after, through, isLive }: Batch) => {
    const here = models.position()
    if (after !== here) throw new NotTheNext(`what follows on position ${after} came at position ${here}`)
    const events: RecordedEvent[] = []
    for (let at = 0; at < columns.length; at += columnsOfRow) {
      const row = columns.slice(at, at + columnsOfRow) as EventRow
      copy.add(row)
      events.push(eventOfRow(row))
    }
    copy.flush(through, isLive)
    models.apply(events, through)
  }
  const deleteAll = () => {
    copy.deleteRows()
    models.deleteRows()
  }
  const write = copy.inTransaction((message: Message) => (message === 'wipe' ? deleteAll() : take(message)))

  return (message: Message): Reply => {
    try {
      write(message)
      return { failure: null }
    } catch (error) {
      copy.clear()
      return { failure: failureOf(error) }
    }
  }
}
