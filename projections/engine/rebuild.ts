import type { Database } from 'better-sqlite3'
import type { LocalLog, LogEnds, LoggedEvent } from '../../application/ports/local-log.ts'
import { readModels } from '../read-models.ts'
import { openHandlers } from './dispatch.ts'
import { forEachEvent } from './for-each-event.ts'
import type { ReadModel } from './read-model.ts'
import { createRegistry, registered, registerModel, unregisterModel } from './registry.ts'
import { createIndexes, createTables, dropTables } from './tables.ts'

/** `done` and `total` count events. */
export type Progress = { readonly names: readonly string[]; readonly done: number; readonly total: number }

export type RebuildOptions = {
  readonly models?: readonly ReadModel[]
  readonly force?: boolean
  readonly onProgress?: (progress: Progress) => void
}

const pageSize = 100

const dropUnknown = (db: Database, models: readonly ReadModel[]) => {
  createRegistry(db)
  for (const { name, tables } of registered(db)) {
    if (models.some((model) => model.name === name)) continue
    dropTables(db, tables)
    unregisterModel(db, name)
  }
}

// Between the newest event and the head a read model is current: those positions are of deleted key streams.
const outdated = (db: Database, models: readonly ReadModel[], { newest, head }: LogEnds) => {
  const current = new Map(registered(db).map((model) => [model.name, model]))
  return models.filter(({ name, version }) => {
    const known = current.get(name)
    return known?.version !== version || known.position < newest || known.position > head
  })
}

const projectLog = (log: LocalLog, ends: LogEnds, handle: (event: LoggedEvent) => void, onPage: (done: number) => void) => {
  const done = forEachEvent(log, ends, { handle, onPage, pageSize })
  if (done !== ends.count) throw new Error(`the rebuild has seen ${done} events of ${ends.count}`)
}

// The tables that are dropped hold nothing that is not in the log, so they need not be overwritten.
const withoutSecureDelete = (db: Database, work: () => void) => {
  const setting = db.pragma('secure_delete', { simple: true })
  db.pragma('secure_delete = OFF')
  try {
    work()
  } finally {
    db.pragma(`secure_delete = ${setting}`)
  }
}

/** In one transaction: readers see the old tables until it commits. Returns the names of the rebuilt read models (ADR 0031). */
export function rebuild(db: Database, log: LocalLog, { models = readModels, force = false, onProgress }: RebuildOptions = {}) {
  db.transaction(() => dropUnknown(db, models)).immediate()
  const ends = log.ends()
  const due = force ? models : outdated(db, models, ends)
  const names = due.map(({ name }) => name)
  if (due.length === 0) return names
  const report = (done: number) => onProgress?.({ names, done, total: ends.count })

  const replace = () => {
    const old = registered(db).filter(({ name }) => names.includes(name))
    dropTables(
      db,
      old.flatMap(({ tables }) => tables),
    )
    for (const model of due) createTables(db, model)
    projectLog(log, ends, openHandlers(db, due).handle, report)
    for (const model of due) {
      createIndexes(db, model)
      registerModel(db, model, ends.newest)
    }
  }
  report(0)
  withoutSecureDelete(db, () => db.transaction(replace).immediate())
  return names
}
