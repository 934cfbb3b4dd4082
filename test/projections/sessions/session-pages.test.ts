import type { Database } from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { AllSessionsRevoked } from '../../../domain/account/events.ts'
import type { SessionId } from '../../../domain/kernel/ids.ts'
import { accountStream, sessionStream } from '../../../domain/kernel/streams.ts'
import { SessionGranted } from '../../../domain/session/events.ts'
import { sessionQueries } from '../../../projections/sessions/session-queries.ts'
import { accountId, blindIndex, sealed, sessionId, tokenHash } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { linesOf } from '../support/any-history.ts'
import { embeddedLog, type Line } from '../support/embedded-log.ts'

const granted = (n: number, accountRevision: number): Line => {
  const bound = { sessionId: sessionId(n), accountId: accountId(1), accountRevision, tokenHash: tokenHash(n), refreshToken: null }
  const origin = { ipAddress: sealed('address'), networkIndex: blindIndex(0), userAgent: null }
  const times = { at: noon, idleExpiresAt: later(1_000), expiresAt: later(2_000) }
  return { stream: sessionStream(sessionId(n)), event: SessionGranted({ ...bound, factors: ['pwd'], key: null, ...origin, ...times }) }
}
const everyEnded: Line = { stream: accountStream(accountId(1)), event: AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon }) }
const many = (from: number, count: number, accountRevision: number) =>
  Array.from({ length: count }, (_, n) => granted(from + n, accountRevision))

const opened = (...lines: Line[]) => {
  const log = embeddedLog()
  log.commit(...linesOf([]), ...lines)
  return log
}

const pagesOf = (db: Database, limit: number) => {
  const { ofAccount } = sessionQueries(db)
  const pages = []
  for (let before: SessionId | undefined; ; ) {
    const { sessions, next } = ofAccount({ accountId: accountId(1), before, at: noon, limit })
    pages.push(sessions.map(({ sessionId: id }) => id))
    if (next === null) return pages
    before = next
  }
}

describe('the sessions of an account', () => {
  test('come in full pages where all are alive', () => {
    const { db } = opened(...many(1, 7, 0))
    expect(pagesOf(db, 3)).toEqual([[7, 6, 5].map(sessionId), [4, 3, 2].map(sessionId), [1].map(sessionId)])
    db.close()
  })

  test('that ended are read five hundred at a time, so that a page may be empty', () => {
    const { db } = opened(granted(1, 5), ...many(2, 1_200, 0), everyEnded)
    expect(pagesOf(db, 50)).toEqual([[], [], [sessionId(1)]])
    db.close()
  })

  test('that are idle for too long are not listed', () => {
    const { db } = opened(granted(1, 0))
    const { ofAccount } = sessionQueries(db)
    expect(ofAccount({ accountId: accountId(1), at: later(999), limit: 1 }).sessions).toHaveLength(1)
    expect(ofAccount({ accountId: accountId(1), at: later(1_000), limit: 1 }).sessions).toEqual([])
    db.close()
  })

  test('are found by the index of account and id, in its order, and keys that end by their own', () => {
    const { db } = opened()
    const prepared: string[] = []
    const prepare = db.prepare.bind(db)
    sessionQueries(Object.assign(db, { prepare: (sql: string) => prepared.push(sql) && prepare(sql) }) as Database)
    const ordered = prepared.filter((text) => text.includes('ORDER BY') && !text.includes('OFFSET'))
    for (const sql of ordered) {
      const parameters = Array.from(sql.matchAll(/\?/g), () => null)
      const plan = (prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(({ detail }) => detail)
      const search = sql.includes('key_ends LIMIT')
        ? /SEARCH session_keys_v6 USING (COVERING )?INDEX sessions_v6_3 \(key_ends<\?\)/
        : /SEARCH (s|sessions_v6) USING (COVERING )?INDEX sessions_v6_2 \(account=\? AND id[<>]/
      expect(plan.join('\n')).toMatch(search)
      expect(plan.filter((step) => step.includes('TEMP B-TREE') || step.startsWith('SCAN s'))).toEqual([])
    }
    expect(ordered).toHaveLength(3)
    db.close()
  })
})
