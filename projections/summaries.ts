import type { Database } from 'better-sqlite3'
import type { LoggedEvent } from '../application/ports/local-log.ts'
import { defineReadModel, physicalTables } from './engine/read-model.ts'

/** The newest event that sums up a long stream: a reader that starts there needs nothing before it. */
export const summaries = defineReadModel({
  name: 'summaries',
  version: 7,
  tables: { summaries: '(stream TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID' },
  indexes: [],
  open: (db, { summaries }) => {
    const put = db.prepare(`INSERT OR REPLACE INTO ${summaries} VALUES (?, ?)`)
    const summarized = (_: unknown, { stream, revision }: LoggedEvent) => void put.run(stream, revision)
    return {
      handlers: {
        AccessSummarized: summarized,
        AccountSummarized: summarized,
        ConsentsSummarized: summarized,
        DevicesSummarized: summarized,
        EmailClaimSummarized: summarized,
        IdentitySummarized: summarized,
        LanguageChosen: summarized,
        LoginSummarized: summarized,
        SecondFactorSummarized: summarized,
        SessionSummarized: summarized,
      },
    }
  },
})

/** `undefined` for a stream without summary. It may be outdated, and in a truncated log it may be no summary at all. */
export function summaryQuery(db: Database) {
  const find = db
    .prepare<[string], number>(`SELECT revision FROM ${physicalTables(summaries).summaries} WHERE stream = CAST(? AS TEXT)`)
    .pluck()
  return (stream: string): number | undefined => find.get(stream)
}
