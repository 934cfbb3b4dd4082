import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { State } from '../../../domain/session/decider.ts'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playSession } from '../../support/domain/session-history.ts'

/** The state, taken from the events without folding. */
const readOff = (log: readonly SessionEvent[]): State => {
  const first = log[0]
  if (first?.type !== 'SessionGranted') return { type: 'absent' }
  const { sessionId, accountId, accountRevision, factors, expiresAt, at } = first.data
  if (log.some(({ type }) => type === 'SessionRevoked')) return { type: 'revoked', accountId }
  const tokens = log.flatMap(({ data }) => ('tokenHash' in data ? [data.tokenHash] : []))
  const refreshes = log.flatMap(({ data }) => ('refreshToken' in data && data.refreshToken !== null ? [data.refreshToken] : []))
  const uses = log.flatMap(({ data }) => ('idleExpiresAt' in data ? [data] : []))
  const newest = refreshes.at(-1)
  const last = log.findLast((event) => event.type === 'RefreshTokenRotated')
  const before = refreshes.at(-2)
  const previous = last === undefined || before === undefined ? null : { hash: before.hash, rotatedAt: last.data.at }
  const turn = log.findLast(({ type }) => type === 'RefreshTokenRotated' || type === 'SessionElevated')
  return {
    type: 'active',
    sessionId,
    accountId,
    accountRevision,
    factors,
    key: first.data.key,
    expiresAt,
    grantedAt: at,
    tokenHash: tokens.at(-1) ?? first.data.tokenHash,
    refresh: newest === undefined ? null : { ...newest, counter: refreshes.length, previous },
    reauthentication: { failures: 0, pending: new Map() },
    lastSeenAt: uses.at(-1)?.at ?? at,
    idleExpiresAt: uses.at(-1)?.idleExpiresAt ?? first.data.idleExpiresAt,
    elevatedUntil: turn?.type === 'SessionElevated' ? turn.data.until : null,
  }
}

test('at every point of every history the state can be read off the list of events', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playSession(history)
      for (let length = 0; length <= log.length; length++) expect(state(log.slice(0, length))).toEqual(readOff(log.slice(0, length)))
      for (const { type } of log) cases.count(type)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(15, 'SessionExtended', 'SessionElevated', 'RefreshTokenRotated', 'RefreshTokenReuseDetected', 'SessionRevoked')
})
