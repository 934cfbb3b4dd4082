import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { replicaFile } from '../../../infrastructure/cluster/replica.ts'
import { type EventRow, eventColumns, eventOfRow } from '../../../infrastructure/event-store/sqlite/reader/event-rows.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { contents } from '../../projections/support/contents.ts'

/**
 * Checks that the replica of a stopped node holds the beginning of the log without a gap, and that its read models equal those of a new
 * fold. Reads a copy, so that nothing is repaired before the next start. Returns the read models and the number of their events.
 */
export const equalsARefold = (dataDir: string, log: readonly RecordedEvent[]) => {
  const copy = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
  try {
    cpSync(dataDir, copy, { recursive: true })
    const db = new Database(replicaFile(copy))
    const events = db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM event ORDER BY position`).raw().all().map(eventOfRow)
    const inTheLog = log.filter(({ stream }) => !isKeyStream(stream))
    // The first difference is easier to read than a diff of ten thousand events.
    const differs = events.findIndex((event, at) => !isDeepStrictEqual(event, inTheLog[at]))
    expect(events[differs], `the node's event number ${differs}`).toEqual(inTheLog[differs])
    const kept = contents(db)
    rebuild(db, localLog(db, 'copy'), { force: true })
    expect(contents(db)).toEqual(kept)
    db.close()
    return { models: kept, events: events.length }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
