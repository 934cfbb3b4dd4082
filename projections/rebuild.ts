import type { Database } from 'better-sqlite3'
import { openHandlers } from './dispatch.ts'
import { logEnds } from './log.ts'
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

/** Current: this version, and as far as the log. Positions behind a deleted key stream are nobody's: between the two is level. */
const needed = (db: Database, models: readonly ReadModel[]) => {
  const { newest, head } = logEnds(db)
  const current = new Map(registered(db).map((model) => [model.name, model]))
  return models.filter(({ name, version }) => {
    const known = current.get(name)
    return known?.version !== version || known.position < newest || known.position > head
  })
}

/**
 * A private database in a file of SQLite's own that has no name and goes when it is closed: nothing in it is flushed or journalled, what
 * comes of it is written once. What is dropped meanwhile holds no more than the log does and need not be overwritten.
 */
const withBeside = <Result>(db: Database, work: () => Result): Result => {
  const secure = db.pragma('secure_delete', { simple: true })
  db.exec(`ATTACH '' AS ${beside}; PRAGMA ${beside}.journal_mode = MEMORY; PRAGMA ${beside}.synchronous = OFF`)
  db.exec(`PRAGMA ${beside}.cache_size = -131072; PRAGMA secure_delete = OFF`)
  try {
    return work()
  } finally {
    db.exec(`PRAGMA main.secure_delete = ${secure}; DETACH ${beside}`)
  }
}

type Row = [position: number, stream: string, revision: number, type: string, version: number, data: string, actor: string]

const projectAll = (db: Database, models: readonly ReadModel[], onProgress: RebuildOptions['onProgress']): number => {
  const { handle, flush } = openHandlers(db, models, beside)
  const columns = 'position, stream, revision, type, version, data, actor'
  const readPage = db.prepare<[number], Row>(`SELECT ${columns} FROM main.event WHERE position > ? ORDER BY position LIMIT ${page}`).raw()
  const names = models.map(({ name }) => name)
  const { count: total, newest } = logEnds(db)
  let position = 0
  let done = 0
  onProgress?.({ names, done, total })
  while (position < newest) {
    const rows = readPage.all(position)
    for (const [at, stream, revision, type, version, data, actor] of rows) {
      handle({ position: at, stream, revision, type, version, data: JSON.parse(data), metadata: { actor } })
    }
    position = rows.at(-1)?.[0] ?? newest
    done += rows.length
    onProgress?.({ names, done, total })
  }
  flush()
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
  return withBeside(db, () => {
    const position = db.transaction(() => {
      for (const model of due) createBeside(db, model)
      return projectAll(db, due, onProgress)
    })()
    db.transaction(() => {
      if (position !== logEnds(db).newest) throw new Error('the log grew during the rebuild')
      for (const model of due) takeOver(db, model, position)
    }).immediate()
    return due.map(({ name }) => name)
  })
}
