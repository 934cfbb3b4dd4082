import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { auditQueries } from '../../../projections/audit/audit-queries.ts'
import type { AuditFilter, AuditRequest } from '../../../projections/audit/search/audit-filter.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'
import { embeddedLog } from '../support/embedded-log.ts'
import { correlationId } from '../support/linked-history.ts'
import { networkOf } from '../support/scene-events.ts'

/** The query plan of a page. */
const planOf = (filter: AuditRequest) => {
  const { db } = embeddedLog()
  const prepared: string[] = []
  const prepare = db.prepare.bind(db)
  const log = localLog(db)
  const { page } = auditQueries(Object.assign(db, { prepare: (sql: string) => prepared.push(sql) && prepare(sql) }) as Database, log)
  page(filter)
  const names = ['account', 'actor', 'network', 'type0', 'type1', 'session', 'correlation', 'from', 'to', 'low', 'high', 'limit']
  const parameters = Object.fromEntries(names.map((name) => [name, null]))
  const steps = prepare(`EXPLAIN QUERY PLAN ${prepared.at(-1)}`).all(parameters) as { readonly detail: string }[]
  db.close()
  return steps.map(({ detail }) => detail)
}

describe('a page of the audit trail', () => {
  const [account, actor, network, types] = [accountId(1), accountId(2), networkOf(0), ['SessionGranted']]
  test.each<[string, AuditFilter]>([
    ['account', { account, actor, network, types }],
    ['actor', { actor, network, types }],
    ['network', { network }],
    ['network', { network, types, actor: 'anonymous' }],
    ['network', { network, actor: 'system', from: noon, to: noon }],
    ['type', { types, actor: 'anonymous' }],
  ])('is searched by the index of the %s for %j, in its order', (column, filter) => {
    const plan = planOf(filter)
    expect(plan[0]).toMatch(new RegExp(`^SEARCH a USING INDEX \\w+ \\(${column}=\\? AND rowid>\\? AND rowid<\\?\\)$`))
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  })

  const [session, correlation] = [sessionId(1), correlationId(1)]
  test.each<[AuditRequest]>([
    [{ session }],
    [{ session, account, types: ['SessionGranted', 'SessionRevoked'], order: 'oldest' }],
    [{ correlation }],
    [{ correlation, session, network, actor }],
  ])('is searched by its links for %j, in their order', (request) => {
    const plan = planOf(request)
    expect(plan[0]).toMatch(/^SEARCH l USING PRIMARY KEY \(key=\? AND position>\? AND position<\?\)$/)
    expect(plan[1]).toMatch(/^SEARCH a USING INTEGER PRIMARY KEY/)
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  })

  test('is searched by the index of each type for several types', () => {
    const plan = planOf({ types: ['SessionGranted', 'SessionRevoked'] })
    expect(plan.filter((step) => /SEARCH \S+ USING COVERING INDEX \w+ \(type=\? AND rowid>\? AND rowid<\?\)/.test(step))).toHaveLength(2)
  })
})
