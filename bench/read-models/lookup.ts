import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { schema } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { openSessionLookup } from '../../projections/sessions/session-lookup.ts'
import { lookupOverHttp } from './lookup-over-http.ts'
import { fillSessions, tokenHashOf } from './session-tables.ts'

/** Microseconds of CPU time a look-up, the best of several rounds: `table` past the cache, `cached` of one session over and over. */
export type LookupFigures = { readonly sessions: number; readonly table: number; readonly cached: number; readonly hits: number }

const lookups = 20_000
const rounds = 9

const best = (values: readonly number[]) => Math.min(...values)

/** CPU time of this thread: the wall would count whatever else the machine does. It is counted in ticks of some milliseconds, so `work` must take many. */
const microseconds = (work: () => void, count: number) => {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / count
}

export function lookupFigures(sessions: number): LookupFigures {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-lookup-'))
  try {
    const file = join(folder, 'gatebook.db')
    const writer = new Database(file)
    writer.exec(`PRAGMA journal_mode = WAL; PRAGMA cache_size = -262144; ${schema}`)
    rebuild(writer, localLog(writer))
    fillSessions(writer, sessions)
    writer.close()
    const db = new Database(file, { readonly: true })
    db.exec(`PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -${process.env.LOOKUP_CACHE_KIB ?? 32_768}`)
    let hits = 0
    const ask = (find: (tokenHash: string) => unknown, tokens: readonly string[]) => () => {
      for (const token of tokens) if (find(token) !== undefined) hits++
    }
    const anyTokens = () => Array.from({ length: lookups }, () => tokenHashOf(Math.floor(Math.random() * sessions)))
    const table = Array.from({ length: rounds }, () => microseconds(ask(openSessionLookup(db, 2).find, anyTokens()), lookups))
    const one = new Array<string>(lookups * 50).fill(tokenHashOf(0))
    const { find } = openSessionLookup(db)
    const cached = Array.from({ length: rounds }, () => microseconds(ask(find, one), one.length))
    db.close()
    return { sessions, table: best(table), cached: best(cached), hits }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `node bench/read-models/lookup.ts`: the tables alone. `node bench/read-models/lookup.ts http`: behind a guarded request. */
if (import.meta.main && process.argv[2] === 'http') {
  const greatest = Number(process.env.LOOKUP_SESSIONS ?? 1_000_000)
  for (const size of [10_000, 1_000_000, 10_000_000].filter((size) => size <= greatest)) {
    process.stdout.write(`${JSON.stringify(await lookupOverHttp(size))}\n`)
  }
} else if (import.meta.main) {
  const greatest = Number(process.env.LOOKUP_SESSIONS ?? 10_000_000)
  const figures = [10_000, 1_000_000, 10_000_000].filter((size) => size <= greatest).map(lookupFigures)
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`)
  process.stdout.write(
    `slowest / fastest: ${(Math.max(...figures.map(({ table }) => table)) / Math.min(...figures.map(({ table }) => table))).toFixed(2)}\n`,
  )
}
