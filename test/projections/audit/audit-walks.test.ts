import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import type { ListedEntry } from '../../../projections/audit/audit-entry.ts'
import { type AuditPage, auditQueries } from '../../../projections/audit/audit-queries.ts'
import type { AuditOrder, AuditRequest } from '../../../projections/audit/search/audit-filter.ts'
import { embeddedLog } from '../support/embedded-log.ts'
import { anyFilter, linkedHistory } from '../support/linked-history.ts'

type Page = (request: AuditRequest) => AuditPage

const everything = (page: Page, request: AuditRequest) => {
  const found: ListedEntry[] = []
  let shown = page({ ...request, limit: 100 })
  while (shown.next !== null) {
    found.push(...shown.entries)
    shown = page({ ...request, limit: 100, place: shown.next })
  }
  return [...found, ...shown.entries]
}

/** Steps over the pages of `list`. `from` and `to`: the piece of it that is shown. */
const walker = (page: Page, request: AuditRequest, list: readonly ListedEntry[]) => {
  let shown = page(request)
  let [from, to] = [0, shown.entries.length]
  const check = () => expect(shown.entries).toEqual(list.slice(from, to))
  const forward = () => {
    if (shown.next === null) return
    shown = page({ ...request, place: shown.next })
    ;[from, to] = [to, to + shown.entries.length]
    check()
  }
  const back = () => {
    if (shown.previous === null) return
    shown = page({ ...request, place: shown.previous })
    ;[from, to] = [from - shown.entries.length, from]
    check()
  }
  check()
  return { forward, back, shown: () => ({ ...shown, from, to }) }
}

test('any walk over the pages shows neighboring pieces of the list, and its ends are the ends', () => {
  const anyWalk = fc.array(fc.boolean(), { maxLength: 30 })
  const order = fc.constantFrom<AuditOrder>('newest', 'oldest')
  fc.assert(
    fc.property(linkedHistory, anyFilter, order, fc.integer({ min: 1, max: 4 }), anyWalk, (lines, filter, order, limit, walk) => {
      const { db, commit } = embeddedLog()
      commit(...lines)
      const { page } = auditQueries(db, localLog(db), limit + 2)
      const newestFirst = everything(auditQueries(db, localLog(db)).page, filter)
      const list = order === 'newest' ? newestFirst : newestFirst.toReversed()
      const walking = walker(page, { ...filter, order, limit }, list)
      expect(walking.shown()).toMatchObject({ from: 0, previous: null })
      for (const isForward of walk) (isForward ? walking.forward : walking.back)()
      while (walking.shown().next !== null) walking.forward()
      expect(walking.shown().to).toBe(list.length)
      while (walking.shown().previous !== null) walking.back()
      expect(walking.shown().from).toBe(0)
      db.close()
    }),
    { numRuns: 100 },
  )
})

test('going back from a page shows what was committed since, before the first one', () => {
  fc.assert(
    fc.property(linkedHistory, fc.nat({ max: 5 }), (history, later) => {
      const { db, commit } = embeddedLog()
      const lines = history.filter(({ stream }) => !isKeyStream(stream))
      const known = lines.length - later
      commit(...lines.slice(0, known))
      const { page } = auditQueries(db, localLog(db))
      const { next } = page({ limit: 3 })
      fc.pre(next !== null)
      if (next === null) return
      const { previous } = page({ limit: 3, place: next })
      if (later > 0) commit(...lines.slice(known))
      if (previous === null) return expect.unreachable('there is a first page')
      expect(page({ limit: 100, place: previous }).entries).toEqual(page({ limit: 3 + later }).entries)
      db.close()
    }),
    { numRuns: 30 },
  )
})
