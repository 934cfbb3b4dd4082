import { writeSync } from 'node:fs'
import { runSqliteWriter } from '../infrastructure/event-store/sqlite/run-writer.ts'
import { openProjector } from '../projections/projector.ts'
import { rebuild } from '../projections/rebuild.ts'
import { progressLines } from './progress-lines.ts'

/** Straight to the descriptor: a thread that is busy does not get round to its own `process.stderr`. Nobody who cannot read it is worth a failed start. */
const toStderr = (line: string) => {
  try {
    writeSync(2, line)
  } catch {}
}

runSqliteWriter({
  openProjector: (db) => {
    const say = progressLines(toStderr, 'the read models are being built anew')
    rebuild(db, { onProgress: ({ done, total }) => say(done, total) })
    return openProjector(db)
  },
})
