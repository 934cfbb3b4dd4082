import type { Database } from 'better-sqlite3'
import { logEnds } from '../../infrastructure/event-store/sqlite/replica/log.ts'
import { openHandlers } from './dispatch.ts'
import type { ReadModel } from './read-model.ts'

type Row = [position: number, stream: string, revision: number, type: string, version: number, data: string, actor: string]

const page = 2_000

const fieldsOf = (models: readonly ReadModel[]) =>
  models.every(({ fields }) => fields !== undefined) ? models.flatMap(({ fields = [] }) => fields) : undefined

type Projecting = {
  readonly db: Database
  readonly models: readonly ReadModel[]
  readonly schema: string
  /** Gets how many events are done. */
  readonly onPage: (done: number) => void
}

/** Hands the whole `log` to `models`, whose tables stand in that `schema` of `db`; answers its last position. */
export function projectLog(log: Database, { db, models, schema, onPage }: Projecting): number {
  const { handle, flush } = openHandlers(db, models, schema, fieldsOf(models))
  const columns = 'position, stream, revision, type, version, data, actor'
  const readPage = log.prepare<[number], Row>(`SELECT ${columns} FROM event WHERE position > ? ORDER BY position LIMIT ${page}`).raw()
  const { count, newest } = logEnds(log)
  let position = 0
  let done = 0
  while (position < newest) {
    const rows = readPage.all(position)
    for (const [at, stream, revision, type, version, json, actor] of rows) {
      handle({ position: at, stream, revision, type, version, data: undefined, metadata: { actor } }, json)
    }
    position = rows.at(-1)?.[0] ?? newest
    done += rows.length
    onPage(done)
  }
  flush()
  if (done !== count) throw new Error(`the rebuild has seen ${done} events of ${count}`)
  return position
}
