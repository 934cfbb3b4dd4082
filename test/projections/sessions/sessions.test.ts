import { describe, expect, test } from 'vitest'
import { AllSessionsRevoked, OtherSessionsRevoked, PasswordReplaced } from '../../../domain/account/events.ts'
import { accountStream, sessionStream } from '../../../domain/kernel/streams.ts'
import { SessionElevated, SessionGranted, SessionRevoked } from '../../../domain/session/events.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { openProjector } from '../../../projections/engine/projector.ts'
import { physicalTables } from '../../../projections/engine/read-model.ts'
import { openSessionLookup } from '../../../projections/sessions/session-lookup.ts'
import { sessionQueries } from '../../../projections/sessions/session-queries.ts'
import { sessions } from '../../../projections/sessions/sessions.ts'
import { accountId, blindIndex, sealed, sessionId, tokenHash } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { linesOf } from '../support/any-history.ts'
import { embeddedLog, type Line } from '../support/embedded-log.ts'

const account = accountStream(accountId(1))

const granted = (n: number, accountRevision: number, at = noon): Line => {
  const bound = {
    sessionId: sessionId(n),
    accountId: accountId(1),
    accountRevision,
    tokenHash: tokenHash(n),
    refreshToken: null,
    factors: ['pwd' as const],
    key: null,
  }
  const times = { at, idleExpiresAt: later(at - noon + 1_000), expiresAt: later(at - noon + 2_000) }
  return {
    stream: sessionStream(sessionId(n)),
    event: SessionGranted({ ...bound, ipAddress: sealed('address'), networkIndex: blindIndex(0), userAgent: null, ...times }),
  }
}
const loggedOutEverywhere: Line = { stream: account, event: AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon }) }

const opened = (...lines: Line[]) => {
  const log = embeddedLog()
  log.commit(...linesOf([]))
  for (const line of lines) log.commit(line)
  return log
}
const alive = (...lines: Line[]) => {
  const { db } = opened(...lines)
  const { byTokenHash } = sessionQueries(db)
  const found = [1, 2, 3].filter((n) => byTokenHash(tokenHash(n)) !== undefined)
  db.close()
  return found
}

describe('a session', () => {
  test('lives from its grant', () => {
    expect(alive(granted(1, 0))).toEqual([1])
  })

  test('ends when it is revoked, and no other does', () => {
    const revoked = { stream: sessionStream(sessionId(1)), event: SessionRevoked({ because: 'logged_out', at: noon }) }
    expect(alive(granted(1, 0), granted(2, 0), revoked)).toEqual([2])
  })

  test('ends with all of its account, those that are granted afterwards do not', () => {
    expect(alive(granted(1, 0), granted(2, 0), loggedOutEverywhere, granted(3, 1))).toEqual([3])
  })

  test('is born dead when the account ended all sessions after its credentials were checked', () => {
    expect(alive(loggedOutEverywhere, granted(1, 0))).toEqual([])
  })

  test('outlives the change of password that it was asked from, and not the next one', () => {
    const change = (kept: number): Line => ({
      stream: account,
      event: PasswordReplaced({ passwordHash: sealed('hash'), because: 'changed', keptSessionId: sessionId(kept), at: noon }),
    })
    expect(alive(granted(1, 0), granted(2, 0), change(1))).toEqual([1])
    expect(alive(granted(1, 0), granted(2, 0), change(1), granted(3, 1), change(3))).toEqual([3])
  })

  test('outlives the change of the second factor that it was asked from, and no other', () => {
    const change = (kept: number | null): Line => {
      const keptSessionId = kept === null ? null : sessionId(kept)
      return { stream: account, event: OtherSessionsRevoked({ because: 'second_factor_enrolled', keptSessionId, at: noon }) }
    }
    expect(alive(granted(1, 0), granted(2, 0), change(1))).toEqual([1])
    expect(alive(granted(1, 0), granted(2, 0), change(1), granted(3, 1), change(3))).toEqual([3])
    expect(alive(granted(1, 0), granted(2, 0), change(null), granted(3, 1))).toEqual([3])
  })

  test('is known by its newest token only', () => {
    const elevated = SessionElevated({ tokenHash: tokenHash(2), factor: 'pwd', at: noon, until: later(900) })
    const { db } = opened(granted(1, 0), { stream: sessionStream(sessionId(1)), event: elevated })
    expect(sessionQueries(db).byTokenHash(tokenHash(1))).toBeUndefined()
    expect(sessionQueries(db).byTokenHash(tokenHash(2))).toMatchObject({
      sessionId: sessionId(1),
      elevatedUntil: later(900),
      elevatedBy: 'pwd',
    })
    db.close()
  })

  test.each(['', 'x', '!'.repeat(43), `${tokenHash(1)}A`, tokenHash(1).slice(0, 42)])('is not found by %j, which is no hash', (hash) => {
    const { db } = opened(granted(1, 0))
    expect(sessionQueries(db).byTokenHash(hash)).toBeUndefined()
    db.close()
  })
})

test('ending all sessions of an account writes as many rows for twelve of them as for two', () => {
  const written = (sessions: number) => {
    const { db, commit } = opened(...Array.from({ length: sessions }, (_, n) => granted(n, 0)))
    const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
    const before = changes.get() ?? 0
    commit(loggedOutEverywhere)
    const after = changes.get() ?? 0
    expect(sessionQueries(db).ofAccount({ accountId: accountId(1), at: later(0), limit: 100 })).toEqual({ sessions: [], next: null })
    db.close()
    return after - before
  }
  expect(written(12)).toBe(written(2))
})

test('sessions past their absolute time are swept a few at a time by later grants', () => {
  const { db, commit } = opened(...Array.from({ length: 10 }, (_, n) => granted(n, 0)))
  const rows = db.prepare(`SELECT count(*) FROM ${physicalTables(sessions).sessions}`).pluck()
  const after = [11, 12, 13, 14].map((n) => {
    commit(granted(n, 0, later(60_000)))
    return rows.get()
  })
  expect(after).toEqual([7, 4, 3, 4])
  db.close()
})

describe('the look-up', () => {
  test('reads a session once and then remembers it, until an event touches it or its account', () => {
    const { db, commit } = opened(granted(1, 0))
    const { find, invalidate } = openSessionLookup(db)
    const first = find(tokenHash(1))
    expect(find(tokenHash(1))).toBe(first)
    invalidate(commit(granted(2, 0)))
    expect(find(tokenHash(1))).toBe(first)
    invalidate(commit(loggedOutEverywhere))
    expect(find(tokenHash(1))).toBeUndefined()
    db.close()
  })

  test('reads the rows again after it was cleared', () => {
    const { db } = opened(granted(1, 0))
    const { find, clear } = openSessionLookup(db)
    const first = find(tokenHash(1))
    openProjector(db, localLog(db)).deleteRows()
    expect(find(tokenHash(1))).toBe(first)
    clear()
    expect(find(tokenHash(1))).toBeUndefined()
    db.close()
  })

  test('keeps the sessions that are in use when strangers ask for tokens that nobody has', () => {
    const { db } = opened(granted(1, 0), granted(2, 0))
    const { find } = openSessionLookup(db, 4)
    const known = [find(tokenHash(1)), find(tokenHash(2))]
    for (let n = 100; n < 1_000; n++) expect(find(tokenHash(n))).toBeUndefined()
    expect(find(tokenHash(1))).toBe(known[0])
    expect(find(tokenHash(2))).toBe(known[1])
    db.close()
  })

  test('forgets what was not asked for lately when it is full', () => {
    const { db } = opened(...[1, 2, 3, 4, 5, 6].map((n) => granted(n, 0)))
    const { find } = openSessionLookup(db, 4)
    const first = find(tokenHash(1))
    for (const n of [2, 3, 4, 5, 6]) find(tokenHash(n))
    const again = find(tokenHash(1))
    expect(again).toEqual(first)
    expect(again).not.toBe(first)
    db.close()
  })
})
