import Database from 'better-sqlite3'
import { readModels } from '../../read-models.ts'
import { projectLog } from '../project-log.ts'
import { createIn, finishIn } from '../tables.ts'

type Building = { readonly log: string; readonly names: readonly string[]; readonly onPage: (done: number) => void }

/** Builds the read models of these `names` in the database `file` from the log in the file `log`, which is only read; answers the position reached. */
export function buildIn(file: string, { log: logFile, names, onPage }: Building): number {
  const models = readModels.filter(({ name }) => names.includes(name))
  const log = new Database(logFile, { readonly: true })
  const db = new Database(file)
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072')
    return db.transaction(() => {
      for (const model of models) createIn(db, model, 'main')
      const position = projectLog(log, { db, models, schema: 'main', onPage })
      for (const model of models) finishIn(db, model, 'main')
      return position
    })()
  } finally {
    db.close()
    log.close()
  }
}
