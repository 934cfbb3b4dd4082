import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { draftRestore } from '../../infrastructure/event-store/sqlite/backup/restore-draft.ts'
import { writeBackup } from '../../infrastructure/event-store/sqlite/backup/write-backup.ts'
import { applicationIds, schema, schemaVersions } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { openSqliteEventStore } from '../../infrastructure/event-store/sqlite/open-sqlite-event-store.ts'
import { fillLog } from '../read-models/replay-log.ts'

const events = Number(process.env.BACKUP_EVENTS ?? 1_200_000)
/** A login records three appends. */
const appendsPerSecond = 3 * Number(process.env.LOGINS_PER_SECOND ?? 200)
const worker = new URL('../../test/infrastructure/event-store/sqlite/plain-writer.worker.ts', import.meta.url)

const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-backup-'))
mkdirSync(join(folder, 'data'), { mode: 0o700 })
const log = join(folder, 'data', 'gatebook.db')
const db = new Database(log)
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`)
db.exec(`PRAGMA application_id = ${applicationIds.log}; PRAGMA user_version = ${schemaVersions.log}; BEGIN`)
fillLog(db, events)
db.exec('COMMIT')
db.close()

const opened = await openSqliteEventStore({ file: log, create: false, worker })()
if (isLeft(opened)) throw new Error(opened.left.detail)
const store = opened.right

const append = async () => {
  const start = performance.now()
  const id = randomUUID()
  const data = { at: new Date().toISOString(), filler: 'x'.repeat(300) }
  const event = { eventId: id, type: 'SessionExtended', version: 1, data, metadata: { actor: id, correlationId: id, causationId: null } }
  const appended = await store.append(`session-${id}`, 'no_stream', [event])()
  if (isLeft(appended)) throw new Error(appended.left.type)
  return performance.now() - start
}

/** At a steady rate, whatever the answers take. Milliseconds of each append. */
const appendUntil = async (isOver: () => boolean) => {
  const start = performance.now()
  const all: Promise<number>[] = []
  while (!isOver()) {
    const due = ((performance.now() - start) / 1_000) * appendsPerSecond
    while (all.length < due) all.push(append())
    await pause(2)
  }
  return Promise.all(all)
}

const p = (share: number, values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN

const before = performance.now()
const calm = await appendUntil(() => performance.now() - before > 10_000)
let isDone = false
const start = performance.now()
let copied = 0
const backup = writeBackup({
  log,
  file: join(folder, 'backup'),
  onCopied: () => {
    copied = (performance.now() - start) / 1_000
  },
}).finally(() => {
  isDone = true
})
const busy = await appendUntil(() => isDone)
const written = await backup
if (isLeft(written)) throw new Error(written.left.detail)
const seconds = (performance.now() - start) / 1_000
await store.close()
console.log(`log of ${(statSync(log).size / 1e9).toFixed(2)} GB, ${appendsPerSecond} appends/s meanwhile (${busy.length} in all)`)
console.log(`backup: copied in ${copied.toFixed(1)} s, verified in ${(seconds - copied).toFixed(1)} s, ${written.right.events} events`)
for (const [name, share] of [
  ['p50', 0.5],
  ['p99', 0.99],
  ['max', 0.999_999],
] as const) {
  const [quiet, loud] = [p(share, calm), p(share, busy)]
  console.log(`append ${name}: ${quiet.toFixed(2)} ms before, ${loud.toFixed(2)} ms during, ratio ${(loud / quiet).toFixed(2)}`)
}

/** What `gatebook restore` does with the file; the new epoch of each account comes on top. */
const restoring = performance.now()
const drafted = await draftRestore(join(folder, 'backup'), join(folder, 'restored', 'gatebook.db'))
if (isLeft(drafted)) throw new Error(drafted.left.type)
const { contents, publish, release } = drafted.right
const verified = (performance.now() - restoring) / 1_000
const published = await publish(contents)
if (isLeft(published)) throw new Error(published.left.type)
release()
const all = (performance.now() - restoring) / 1_000
console.log(`restore: copied and verified in ${verified.toFixed(1)} s, read back and published in ${(all - verified).toFixed(1)} s`)
rmSync(folder, { recursive: true, force: true })
