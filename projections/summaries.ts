import type { Database } from 'better-sqlite3'
import { defineReadModel, physicalTables } from './engine/read-model.ts'

/** Where in a long stream the newest event stands that sums it up: who reads from there needs nothing before it. */
export const summaries = defineReadModel({
  name: 'summaries',
  version: 1,
  tables: { summaries: '(stream TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID' },
  indexes: [],
  open: (db, { summaries }) => {
    const put = db.prepare(`INSERT OR REPLACE INTO ${summaries} VALUES (?, ?)`)
    return { handlers: { LoginSummarized: (_, { stream, revision }) => void put.run(stream, revision) } }
  },
})

/** The revision of that event; `undefined` for a stream that is short. It may not be the newest one, and of a log that lost its end it may be none. */
export function summaryQuery(db: Database) {
  const find = db
    .prepare<[string], number>(`SELECT revision FROM ${physicalTables(summaries).summaries} WHERE stream = CAST(? AS TEXT)`)
    .pluck()
  return (stream: string): number | undefined => find.get(stream)
}
