import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../../../application/ports/event-store.ts'
import {
  type OpenSqliteEventStore,
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../infrastructure/event-store/sqlite/open-sqlite-event-store.ts'

/** A writer without read models: the events of these tests are in no catalogue. */
const plainWriter = new URL('./plain-writer.worker.ts', import.meta.url)

const newFolder = () => mkdtempSync(join(tmpdir(), 'gatebook-log-'))

export const openSqlite = (file: string, options: Partial<OpenSqliteEventStore> = {}) =>
  openSqliteEventStore({ file, create: true, worker: plainWriter, ...options })()

/** Opens a store. Throws if it cannot be opened. */
export const sqliteStore = async (file: string, options: Partial<OpenSqliteEventStore> = {}): Promise<SqliteEventStore> => {
  const opened = await openSqlite(file, options)
  if (isLeft(opened)) throw new Error(`${opened.left.type}: ${opened.left.detail}`)
  return opened.right
}

/** A folder for one test. `dispose` closes what was opened in it and removes it. */
export const sqliteForTest = () => {
  const folder = newFolder()
  const file = join(folder, 'data', 'log.sqlite')
  const stores: EventStore[] = []
  const open = async (options: Partial<OpenSqliteEventStore> = {}) => {
    const store = await sqliteStore(file, options)
    stores.push(store)
    return store
  }
  const dispose = async () => {
    await Promise.all(stores.map((store) => store.close()))
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, file, open, dispose }
}
