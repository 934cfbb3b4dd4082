import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import { accountId } from '../../support/domain/ids.ts'
import { anyHistory } from '../support/any-history.ts'
import { embeddedLog, type Line } from '../support/embedded-log.ts'

const queriesOn = (lines: readonly Line[]) => {
  const { db, commit } = embeddedLog()
  commit(...lines)
  return { db, ...auditQueries(db, localLog(db)) }
}

describe('entries of the audit trail that are newer than a position', () => {
  test('are the list backwards, in pieces of any size, of all or of one account', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(30), fc.integer({ min: 1, max: 7 }), fc.boolean(), (lines, after, limit, isOfOne) => {
        const { db, page, newer } = queriesOn(lines)
        const account = isOfOne ? accountId(1) : null
        const found = []
        for (let at = after; at < lines.length; ) {
          const { entries, through } = newer({ after: at, through: lines.length, account, limit })
          expect(through).toBeGreaterThan(at)
          found.push(...entries)
          at = through
        }
        const list = page({ ...(isOfOne ? { account: accountId(1) } : {}), limit: 100 }).entries
        const entries = list.map(({ ipAddress: _, ...entry }) => entry)
        expect(found).toEqual(entries.filter(({ position }) => position > after).reverse())
        db.close()
      }),
      { numRuns: 50 },
    )
  })

  test('are read only as far as asked, and only those that are wanted', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(40), (lines, through) => {
        const { db, newer } = queriesOn(lines)
        const all = newer({ after: 0, through, limit: 100 })
        expect(all.entries.every(({ position }) => position <= through)).toBe(true)
        expect(all.through).toBe(through)
        const wanted = newer({ after: 0, through, limit: 100, wanted: (account) => account === accountId(1) })
        expect(wanted.entries).toEqual(all.entries.filter(({ account }) => account === accountId(1)))
        db.close()
      }),
      { numRuns: 50 },
    )
  })
})
