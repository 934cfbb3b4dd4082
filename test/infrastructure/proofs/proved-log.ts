import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { applicationIds, copySchema, schemaVersions } from '../../../infrastructure/event-store/sqlite/file/schema.ts'
import { treeGrower } from '../../../infrastructure/event-store/sqlite/proofs/tree/grow-tree.ts'
import { openProofsForWriting, proofsFile } from '../../../infrastructure/event-store/sqlite/proofs/tree/proofs-file.ts'
import type { EventRow } from '../../../infrastructure/event-store/sqlite/reader/event-rows.ts'

const recordedAt = (position: number) => new Date(1_700_000_000_000 + position * 1_000).toISOString()

/** Position, stream and revision differ for each `position`; every ninth is of a key stream, and every tenth is missing, as after an erasure. */
export const aRow = (position: number): EventRow => {
  const stream = position % 9 === 0 ? dataKeyStream(`person-${position}`) : `session-${position % 40}`
  const data = JSON.stringify({ at: recordedAt(position), text: `event ${position} – é` })
  const causation = position % 3 === 0 ? null : `cause-${position}`
  const revision = Math.floor(position / 40)
  return [
    position,
    stream,
    revision,
    `id-${position}`,
    'SessionExtended',
    1,
    data,
    'system',
    `call-${position}`,
    causation,
    recordedAt(position),
    position % 4 === 0 ? null : `session-${position % 7}`,
  ]
}

const rowsUpTo = (last: number) => Array.from({ length: last }, (_, index) => aRow(index + 1)).filter(([position]) => position % 10 !== 0)

/** A log in a folder of its own, and its tree. Nothing but the position of a row is unique in it: whoever changes a log can drop indexes. */
export const provedLog = (last: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-proved-'))
  const log = new Database(join(folder, 'gatebook.db'))
  log.exec(`${copySchema} CREATE TABLE tombstone (position INTEGER PRIMARY KEY, stream TEXT NOT NULL) STRICT;
    PRAGMA application_id = ${applicationIds.log}; PRAGMA user_version = ${schemaVersions.log};`)
  const insert = log.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const add = log.transaction((rows: readonly EventRow[]) => {
    for (const row of rows) insert.run(...row)
  })
  add(rowsUpTo(last))
  const proofs = openProofsForWriting(proofsFile(folder))
  let grower = treeGrower(log, proofs)
  const grow = (through = Number.MAX_SAFE_INTEGER) => {
    let grown = grower.grow(through)
    while (grown.isBehind) grown = grower.grow(through)
    return grown.size
  }
  grow()
  return {
    folder,
    log,
    proofs,
    tiles: grower.tiles,
    add,
    grow,
    /** As another process after this one. */
    reopen: () => {
      grower = treeGrower(log, proofs)
    },
    remove: () => {
      log.close()
      proofs.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
