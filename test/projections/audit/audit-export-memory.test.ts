import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { exportedText, exportFormats } from '../../../api/audit/export-format.ts'
import { fillLog } from '../../../bench/read-models/replay-log.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import type { ListedEntry } from '../../../projections/audit/audit-entry.ts'
import { exportedPages } from '../../../projections/audit/audit-export.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { embeddedLog } from '../support/embedded-log.ts'

const count = 120_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const withoutAddress = async (page: readonly ListedEntry[]) =>
  page.map(({ ipAddress: _, isOfActor: __, ...entry }) => ({ ...entry, address: null }))

test('an export of a long log keeps a page of it in memory, however far it is', async () => {
  const { db } = embeddedLog({ models: [] })
  fillLog(db, count)
  rebuild(db, localLog(db), { force: true })
  const lines = { at: 0, bytes: 0 }
  const heap = new Map<number, number>()
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.at += chunk.toString().split('\n').length - 1
      lines.bytes += chunk.length
      for (const tenth of [1, 9]) {
        if (heap.has(tenth) || lines.at < (count * tenth) / 10) continue
        collect()
        heap.set(tenth, process.memoryUsage().heapUsed)
      }
      setImmediate(done)
    },
  })
  const { head } = exportFormats.csv
  await pipeline(
    Readable.from(exportedText('csv', exportedPages(auditQueries(db, localLog(db)), {}), withoutAddress), { objectMode: false }),
    sink,
  )
  expect(lines.at).toBe(count + head.split('\n').length - 1)
  const [early = 0, late = 0] = [heap.get(1), heap.get(9)]
  expect(lines.bytes).toBeGreaterThan(15_000_000)
  expect(late - early).toBeLessThan(3_000_000)
  db.close()
}, 120_000)
