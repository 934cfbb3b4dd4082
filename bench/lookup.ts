import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { schema } from '../infrastructure/event-store/sqlite/schema.ts'
import { physicalTables } from '../projections/read-model.ts'
import { rebuild } from '../projections/rebuild.ts'
import { openSessionLookup } from '../projections/session-lookup.ts'
import { sessions as model } from '../projections/sessions.ts'
import { bucketOf } from '../projections/token-slot.ts'

/** Microseconds of CPU time a look-up, the best of several rounds: `table` past the cache, `cached` of one session over and over. */
export type LookupFigures = { readonly sessions: number; readonly table: number; readonly cached: number; readonly hits: number }

const perAccount = 5
const lookups = 20_000
const rounds = 9

const hashOf = (n: number) => createHash('sha256').update(`token ${n}`).digest()

const fill = (db: Database.Database, count: number) => {
  const { sessions, session_holders: holders } = physicalTables(model)
  const now = Date.now()
  db.function('token_hash', (n: number) => hashOf(n))
  db.function('token_slot', (hash: Buffer) => bucketOf(hash))
  db.transaction(() => {
    const series = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)'
    db.prepare(`${series} INSERT INTO ${holders} SELECT i + 1, randomblob(16), 1, 0, NULL, '["reader"]', '{"publisher":true}' FROM n`).run(
      Math.ceil(count / perAccount),
    )
    db.prepare(
      `${series}, h(i, hash) AS MATERIALIZED (SELECT i, token_hash(i) FROM n) INSERT INTO ${sessions}
       SELECT token_slot(hash), hash, randomblob(16), i / ${perAccount} + 1, 0, ${now}, ${now}, ${now + 86_400_000}, ${now + 2_592_000_000}, NULL, 'pwd'
       FROM h ORDER BY 1`,
    ).run(count)
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
}

const best = (values: readonly number[]) => Math.min(...values)

/** CPU time of this thread: the wall would count whatever else the machine does. It is counted in ticks of some milliseconds, so `work` must take many. */
const microseconds = (work: () => void, count: number) => {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / count
}

export const lookupFigures = (sessions: number): LookupFigures => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-lookup-'))
  try {
    const file = join(folder, 'gatebook.db')
    const writer = new Database(file)
    writer.exec(`PRAGMA journal_mode = WAL; PRAGMA cache_size = -262144; ${schema}`)
    rebuild(writer)
    fill(writer, sessions)
    writer.close()
    const db = new Database(file, { readonly: true })
    db.exec(`PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -${process.env.LOOKUP_CACHE_KIB ?? 32_768}`)
    let hits = 0
    const ask = (find: (tokenHash: string) => unknown, tokens: readonly string[]) => () => {
      for (const token of tokens) if (find(token) !== undefined) hits++
    }
    const anyTokens = () => Array.from({ length: lookups }, () => hashOf(Math.floor(Math.random() * sessions)).toString('base64url'))
    const table = Array.from({ length: rounds }, () => microseconds(ask(openSessionLookup(db, 2).find, anyTokens()), lookups))
    const one = new Array<string>(lookups * 50).fill(hashOf(0).toString('base64url'))
    const { find } = openSessionLookup(db)
    const cached = Array.from({ length: rounds }, () => microseconds(ask(find, one), one.length))
    db.close()
    return { sessions, table: best(table), cached: best(cached), hits }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const greatest = Number(process.env.LOOKUP_SESSIONS ?? 10_000_000)
  const figures = [10_000, 1_000_000, 10_000_000].filter((size) => size <= greatest).map(lookupFigures)
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`)
  process.stdout.write(
    `slowest / fastest: ${(Math.max(...figures.map(({ table }) => table)) / Math.min(...figures.map(({ table }) => table))).toFixed(2)}\n`,
  )
}
