import type { Database } from 'better-sqlite3'
import { logEnds } from '../../infrastructure/event-store/sqlite/replica/log.ts'
import { readModels } from '../read-models.ts'
import { buildApart } from './parallel/build-apart.ts'
import { removePrivateFile, withPrivateFile } from './parallel/private-file.ts'
import { projectLog } from './project-log.ts'
import type { ReadModel } from './read-model.ts'
import { registered } from './registry.ts'
import { createIn, finishIn, retire, takeOver } from './tables.ts'

/** `done` and `total` count events; `names` are the read models that are being built. */
export type Progress = { readonly names: readonly string[]; readonly done: number; readonly total: number }

export type RebuildOptions = {
  readonly models?: readonly ReadModel[]
  /** Build all anew, also those that are current. */
  readonly force?: boolean
  readonly onProgress?: (progress: Progress) => void
  /** From how many events on a second thread takes part; 50,000 if left out. To start it takes as long as some thousands of them. */
  readonly threadFrom?: number
}

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
 * Attaches a private database to be built in: '' is a file of SQLite's own that has no name and goes when it is closed. Nothing in it is flushed, what
 * comes of it is written once. What is dropped meanwhile holds no more than the log does and need not be overwritten.
 */
const withAttached = <Result>(db: Database, file: string, schema: string, work: (schema: string) => Result): Result => {
  const secure = db.pragma('secure_delete', { simple: true })
  db.prepare(`ATTACH ? AS ${schema}`).run(file)
  db.exec(`PRAGMA ${schema}.journal_mode = MEMORY; PRAGMA ${schema}.synchronous = OFF`)
  db.exec(`PRAGMA ${schema}.cache_size = -131072; PRAGMA secure_delete = OFF`)
  try {
    return work(schema)
  } finally {
    db.exec(`PRAGMA main.secure_delete = ${secure}; DETACH ${schema}`)
  }
}

type Built = { readonly model: ReadModel; readonly schema: string; readonly position: number }

const build = (db: Database, models: readonly ReadModel[], schema: string, onPage: (done: number) => void): readonly Built[] =>
  db.transaction(() => {
    for (const model of models) createIn(db, model, schema)
    const position = projectLog(db, { db, models, schema, onPage })
    for (const model of models) finishIn(db, model, schema)
    return models.map((model) => ({ model, schema, position }))
  })()

const takeOverAll = (db: Database, built: readonly Built[]) =>
  db
    .transaction(() => {
      const { newest } = logEnds(db)
      for (const { model, schema, position } of built) {
        if (position !== newest) throw new Error('the log grew during the rebuild')
        takeOver(db, model, schema, position)
      }
    })
    .immediate()

type Tell = (done: number) => void

const inOneThread = (db: Database, models: readonly ReadModel[], tell: Tell) =>
  withAttached(db, '', 'beside', (schema) => takeOverAll(db, build(db, models, schema, tell)))

/** The log is read by both threads; each builds its own tables. */
const inTwoThreads = (db: Database, here: readonly ReadModel[], apart: readonly ReadModel[], tell: Tell) =>
  withPrivateFile(db.name, (file) => {
    const thread = buildApart(
      db.name,
      file,
      apart.map(({ name }) => name),
    )
    try {
      withAttached(db, '', 'beside', (beside) => {
        const own = build(db, here, beside, (done) => tell(Math.min(done, thread.done())))
        const position = thread.result(tell)
        withAttached(db, file, 'apart', (schema) => takeOverAll(db, [...own, ...apart.map((model) => ({ model, schema, position }))]))
      })
    } finally {
      thread.stop()
    }
  })

/**
 * Builds read models anew from the log, beside what is there, and puts them in its place in one transaction when they stand where the log
 * does. Nothing is done for those that are current, unless `force`. Only for the one process that may write. Answers the names of those that were built.
 */
export function rebuild(db: Database, { models = readModels, force = false, onProgress, threadFrom = 50_000 }: RebuildOptions = {}) {
  if (!db.memory) removePrivateFile(db.name)
  db.transaction(() => retire(db, models)).immediate()
  const due = force ? models : needed(db, models)
  if (due.length === 0) return []
  const names = due.map(({ name }) => name)
  const { count: total } = logEnds(db)
  const tell = (done: number) => onProgress?.({ names, done, total })
  const large = !db.memory && total >= threadFrom
  const apart = large ? due.filter((model) => model.apart && readModels.includes(model)) : []
  const here = due.filter((model) => !apart.includes(model))
  tell(0)
  if (apart.length === 0 || here.length === 0) inOneThread(db, due, tell)
  else inTwoThreads(db, here, apart, tell)
  return names
}
