import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, RecordedEvent } from '../../../application/ports/event-store.ts'
import { openSqliteReader } from '../../../infrastructure/event-store/sqlite/reader/reader.ts'

const page = 1_000

export const everyEvent = async (store: Pick<EventStore, 'readAll'>): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (;;) {
    const read = await store.readAll(events.at(-1)?.position ?? 0, page)()
    if (isLeft(read)) throw new Error(`the log cannot be read: ${read.left.type}`)
    events.push(...read.right)
    if (read.right.length < page) return events
  }
}

/** Every event in the log of a data directory. A server may be running on it. */
export const recordedLog = async (dataDir: string): Promise<readonly RecordedEvent[]> => {
  const reader = openSqliteReader(join(dataDir, 'gatebook.db'))
  if (isLeft(reader)) throw new Error(`the log cannot be opened: ${reader.left.type}`)
  try {
    return await everyEvent(reader.right)
  } finally {
    await reader.right.close()
  }
}

export const byStream = (events: readonly RecordedEvent[]) => Map.groupBy(events, ({ stream }) => stream)
