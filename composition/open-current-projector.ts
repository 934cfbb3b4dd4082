import { writeSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { progressLines } from '../infrastructure/observability/progress-lines.ts'
import { openProjector } from '../projections/engine/projector.ts'
import { rebuild } from '../projections/engine/rebuild.ts'

/** Straight to the descriptor: a thread that is busy does not get round to its own `process.stderr`. Nobody who cannot read it is worth a failed start. */
const toStderr = (line: string) => {
  try {
    writeSync(2, line)
  } catch {}
}

/** The projector of a file whose read models may have to be built anew first; that can take long, and is told. */
export function openCurrentProjector(db: Database) {
  const say = progressLines(toStderr, 'the read models are being built anew')
  rebuild(db, { onProgress: ({ done, total }) => say(done, total) })
  return openProjector(db)
}
