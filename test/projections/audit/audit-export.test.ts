import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { exportedPages } from '../../../projections/audit/audit-export.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import type { AuditRequest } from '../../../projections/audit/search/audit-filter.ts'
import { accountId } from '../../support/domain/ids.ts'
import { linesOf, type Step } from '../support/any-history.ts'
import { embeddedLog } from '../support/embedded-log.ts'
import { anyFilter, linkedHistory } from '../support/linked-history.ts'

const enabled = (count: number) =>
  linesOf(Array.from({ length: count }, (): Step => ({ verb: 'enabled', account: 1, session: 0, back: 0, wait: 1 })))

test('holds what the list holds under any filter, oldest first', async () => {
  await fc.assert(
    fc.asyncProperty(linkedHistory, anyFilter, async (lines, filter) => {
      const { db, commit } = embeddedLog()
      commit(...lines)
      const queries = auditQueries(db, localLog(db), 5)
      const found = (await Readable.from(exportedPages(queries, filter)).toArray()).flat()
      expect(found).toEqual(
        auditQueries(db, localLog(db))
          .page({ ...filter, limit: 100 })
          .entries.toReversed(),
      )
      db.close()
    }),
    { numRuns: 50 },
  )
})

test('ends with what was there when it began', async () => {
  const { db, commit } = embeddedLog()
  commit(...enabled(250))
  const pages = exportedPages(auditQueries(db, localLog(db)), {})
  const first = await pages.next()
  commit(...enabled(10).slice(3))
  const rest = (await Readable.from(pages).toArray()).flat()
  expect((first.value?.length ?? 0) + rest.length).toBe(253)
  db.close()
})

test('fails when the trail is emptied on the way', async () => {
  const { db, commit } = embeddedLog()
  commit(...enabled(250))
  const pages = exportedPages(auditQueries(db, localLog(db)), {})
  await pages.next()
  db.exec('DELETE FROM audit_v8')
  await expect(Readable.from(pages).toArray()).rejects.toThrow('ended early')
  db.close()
})

test('reads no further than its reader, and stops when the reader goes away', async () => {
  const { db, commit } = embeddedLog()
  commit(...enabled(3_000))
  const { page } = auditQueries(db, localLog(db))
  let reads = 0
  const counting = {
    page: (request: AuditRequest) => {
      if (request.order === 'oldest') reads += 1
      return page(request)
    },
  }
  const text = async function* () {
    for await (const entries of exportedPages(counting, { account: accountId(1) }))
      yield entries.map(({ summary }) => summary.padEnd(200)).join('\n')
  }
  const body = Readable.from(text(), { objectMode: false, highWaterMark: 30_000 })
  for await (const _ of body.iterator({ destroyOnReturn: false })) break
  await pause(50)
  expect(reads).toBeLessThanOrEqual(5)
  const before = reads
  body.destroy()
  await pause(50)
  expect(reads).toBe(before)
  db.close()
})
