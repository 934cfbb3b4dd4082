import { writeSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { FileKind } from '../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../infrastructure/event-store/sqlite/reader/local-log.ts'
import { progressLines } from '../infrastructure/observability/progress-lines.ts'
import { openProjector } from '../projections/engine/projector.ts'

/** Straight to the descriptor, because a busy thread does not flush its own `process.stderr`. A start must not fail because nobody reads it. */
const toStderr = (line: string) => {
  try {
    writeSync(2, line)
  } catch {}
}

/** Rebuilds the read models first where that is needed. It can take minutes, so progress goes to stderr. */
export function openCurrentProjector(db: Database, kind: FileKind) {
  const say = progressLines(toStderr, 'the read models are being built anew')
  return openProjector(db, localLog(db, kind), { onProgress: ({ done, total }) => say(done, total) })
}
