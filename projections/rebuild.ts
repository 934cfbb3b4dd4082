import type { Database } from 'better-sqlite3'
import { openHandlers } from './dispatch.ts'
import { type LogRow, logColumns, logEnds, recordedEvent } from './log.ts'
import type { ReadModel } from './read-model.ts'
import { beside, createBeside, retire, takeOver } from './read-model-tables.ts'
import { readModels } from './read-models.ts'
import { registered } from './registry.ts'

/** `done` and `total` count events; `names` are the read models that are being built. */
export type Progress = { readonly names: readonly string[]; readonly done: number; readonly total: number }

export type RebuildOptions = {
  readonly models?: readonly ReadModel[]
  /** Build all anew, also those that are current. */
  readonly force?: boolean
  readonly onProgress?: (progress: Progress) => void
}

const page = 2_000
const pagesInTransaction = 25

/** Current: this version, and as far as the log. Positions behind a deleted key stream are nobody's: between the two is level. */
const needed = (db: Database, models: readonly ReadModel[]) => {
  const { newest, head } = logEnds(db)
  const current = new Map(registered(db).map((model) => [model.name, model]))
  return models.filter(({ name, version }) => {
    const known = current.get(name)
    return known?.version !== version || known.position < newest || known.position > head
  })
}

/** `synchronous` stays as it is. What is dropped here holds no secret that the log would not hold too: it need not be overwritten. */
const tuned = <Result>(db: Database, work: () => Result): Result => {
  const secure = db.pragma('secure_delete', { simple: true })
  const cache = db.pragma('cache_size', { simple: true })
  db.exec('PRAGMA secure_delete = OFF; PRAGMA cache_size = -262144')
  try {
    return work()
  } finally {
    db.exec(`PRAGMA secure_delete = ${secure}; PRAGMA cache_size = ${cache}`)
  }
}

const project = (db: Database, models: readonly ReadModel[], onProgress: RebuildOptions['onProgress']): number => {
  const { handle } = openHandlers(db, models, beside)
  const readPage = db
    .prepare<[number, number], LogRow>(`SELECT ${logColumns} FROM event WHERE position > ? ORDER BY position LIMIT ?`)
    .raw()
  const names = models.map(({ name }) => name)
  const { count: total, newest } = logEnds(db)
  let position = 0
  let done = 0
  const someMore = db.transaction(() => {
    for (let pages = 0; pages < pagesInTransaction && position < newest; pages++) {
      const rows = readPage.all(position, page)
      for (const row of rows) handle(recordedEvent(row))
      position = rows.at(-1)?.[0] ?? newest
      done += rows.length
      onProgress?.({ names, done, total })
    }
  })
  onProgress?.({ names, done, total })
  while (position < newest) someMore()
  if (done !== total) throw new Error(`the rebuild has seen ${done} events of ${total}`)
  return position
}

/**
 * Builds read models anew from the log, beside what is there, and puts them in its place in one transaction when they stand where the log
 * does. Nothing is done for those that are current, unless `force`. Only for the one process that may write. Answers the names of those that were built.
 */
export const rebuild = (db: Database, { models = readModels, force = false, onProgress }: RebuildOptions = {}): readonly string[] => {
  db.transaction(() => retire(db, models)).immediate()
  const due = force ? models : needed(db, models)
  if (due.length === 0) return []
  return tuned(db, () => {
    db.transaction(() => createBeside(db, due)).immediate()
    const position = project(db, due, onProgress)
    db.transaction(() => {
      if (position !== logEnds(db).newest) throw new Error('the log grew during the rebuild')
      for (const model of due) takeOver(db, model, position)
    }).immediate()
    return due.map(({ name }) => name)
  })
}
