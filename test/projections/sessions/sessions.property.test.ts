import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccountEvent } from '../../../domain/account/events.ts'
import { evolveAccount, initialAccount, survives } from '../../../domain/account/state.ts'
import type { SessionId } from '../../../domain/kernel/ids.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { session } from '../../../domain/session/decider.ts'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { openSessionLookup } from '../../../projections/sessions/session-lookup.ts'
import { sessionQueries } from '../../../projections/sessions/session-queries.ts'
import { accountId } from '../../support/domain/ids.ts'
import { anyHistory, linesOf, type Step } from '../support/any-history.ts'
import { embeddedLog, type Line } from '../support/embedded-log.ts'

const streamOf = <Event>(lines: readonly Line[], stream: string) =>
  lines.filter((line) => line.stream === stream).map(({ event }) => event as Event)

const { evolve: evolveSession, initial: noSession } = session({
  idle: 0,
  absolute: 0,
  elevation: 0,
  refresh: 0,
  refreshGrace: 0,
  maxFailures: 5,
})

const latest = (lines: readonly Line[]) => Math.max(0, ...lines.map(({ event }) => (event.data as { at?: number }).at ?? 0))

/** Callers compare the times with their clock: an expired session may still be in the tables. */
const inTime = <Session extends { readonly expiresAt: number }>(session: Session | undefined, now: number) =>
  session !== undefined && session.expiresAt > now ? session : undefined

/** What the deciders make of the same events. */
const folded = (lines: readonly Line[], stream: string) => {
  const state = streamOf<SessionEvent>(lines, stream).reduce(evolveSession, noSession)
  if (state.type !== 'active') return []
  const account = streamOf<AccountEvent>(lines, `account-${state.accountId}`).reduce(evolveAccount, initialAccount)
  if (account.type !== 'active' || !survives(account, state)) return []
  const { tokenHash, sessionId, accountId, grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil } = state
  const times = { grantedAt, lastSeenAt, idleExpiresAt, expiresAt, elevatedUntil }
  return [{ tokenHash: tokenHash as string, facts: { sessionId, accountId, ...times, claims: account.claims } }]
}

const living = (lines: readonly Line[]) => {
  const streams = new Set(lines.map(({ stream }) => stream).filter((stream) => stream.startsWith('session-')))
  return new Map([...streams].flatMap((stream) => folded(lines, stream)).map(({ tokenHash, facts }) => [tokenHash, facts]))
}

const tokensIn = (lines: readonly Line[]) =>
  lines.flatMap(({ event }) => {
    const { tokenHash } = event.data as { readonly tokenHash?: string }
    return tokenHash === undefined ? [] : [tokenHash]
  })

const groups = (lines: readonly Line[], size: number) =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, i) => lines.slice(i * size, (i + 1) * size))

const step = (verb: Step['verb']): Step => ({ verb, account: 1, session: 0, back: 0, wait: 0 })

/** No decider records these events. If a log has them, they must not let anybody in. */
const afterAnErasure = linesOf(['grant', 'erased', 'replacedKeeping', 'enabled', 'grant'].map((verb) => step(verb as Step['verb'])))

describe('whatever happens', () => {
  test('exactly the sessions live that the accounts and the sessions themselves say, under their newest token only', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 5 }), (lines, size) => {
        const { db, commit } = embeddedLog()
        for (const group of groups(lines, size)) commit(...group)
        const { byTokenHash, byId, ofAccount } = sessionQueries(db)
        const expected = living(lines)
        const now = latest(lines)
        const listedOf = (account: string, before?: SessionId): readonly SessionId[] => {
          const page = ofAccount({ accountId: account, before, at: instant(latest(lines)), limit: size })
          expect(page.sessions.length).toBeLessThanOrEqual(size)
          const ids = page.sessions.map(({ sessionId }) => sessionId)
          return page.next === null ? ids : [...ids, ...listedOf(account, page.next)]
        }
        for (const account of [1, 2, 3].map(accountId)) {
          const alive = [...expected.values()].filter(
            (session) => session.accountId === account && inTime(session, now) && session.idleExpiresAt > now,
          )
          const ids = new Set(alive.map(({ sessionId }) => sessionId))
          expect(listedOf(account)).toEqual([...ids].sort().reverse())
        }
        for (const token of tokensIn(lines)) {
          const found = inTime(byTokenHash(token), now)
          const should = inTime(expected.get(token), now)
          if (should === undefined) {
            expect(found).toBeUndefined()
            continue
          }
          expect(found).toMatchObject(should)
          expect(byId(should.sessionId)).toEqual(found)
        }
        db.close()
      }),
      { numRuns: 150, examples: [[afterAnErasure, 1]] },
    )
  })

  test('the cache never answers otherwise than the tables, whatever was looked up before', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 12 }), (lines, size, capacity) => {
        const { db, commit } = embeddedLog()
        const { find, invalidate } = openSessionLookup(db, capacity)
        const { byTokenHash } = sessionQueries(db)
        const tokens = tokensIn(lines)
        const now = latest(lines)
        for (const [index, group] of groups(lines, size).entries()) {
          const committed = commit(...group)
          if (index % 3 === 0) tokens.forEach(find)
          invalidate(committed)
          for (const token of tokens) expect(inTime(find(token), now)).toEqual(inTime(byTokenHash(token), now))
        }
        db.close()
      }),
      { numRuns: 80 },
    )
  })
})
