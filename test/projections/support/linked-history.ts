import fc from 'fast-check'
import type { AuditFilter } from '../../../projections/audit/search/audit-filter.ts'
import { accountId, blindIndex, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { anyHistory } from './any-history.ts'
import { type Line, storedForm } from './embedded-log.ts'
import { networkOf } from './scene-events.ts'

export const correlationId = (n: number) => `01970000-0000-7000-8000-0000000c${n.toString(16).padStart(4, '0')}`

/** Some events are asked for in a session, several by one request. The ids are of one millisecond, so some share a key. */
export const linkedHistory = fc.tuple(anyHistory, fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 20 })).map(([lines, numbers]) =>
  lines.map((line, index): Line => {
    const number = numbers[index % numbers.length] ?? 0
    const asked = number % 2 === 0 ? { sessionId: sessionId(number / 2) } : {}
    return { ...line, ...asked, correlationId: correlationId(number % 4) }
  }),
)
/** What a filter by session finds the line under. */
export const sessionsIn = (line: Line | undefined) => {
  const data = line === undefined ? {} : (storedForm(line.event).data as { readonly sessionId?: string })
  const subject = line?.stream.startsWith('session-') ? line.stream.slice('session-'.length) : undefined
  return [line?.sessionId, subject, data.sessionId]
}

export const anyFilter: fc.Arbitrary<AuditFilter> = fc.record(
  {
    account: fc.constantFrom(accountId(1), accountId(2)),
    actor: fc.constantFrom(accountId(1), 'anonymous', 'system'),
    network: fc.constantFrom(networkOf(0), networkOf(1), networkOf(2), blindIndex(1)),
    types: fc.subarray(['AccountRegistered', 'SessionGranted', 'AllSessionsRevoked', 'LoginAttemptsRefused'], { minLength: 1 }),
    session: fc.integer({ min: 0, max: 3 }).map(sessionId),
    correlation: fc.integer({ min: 0, max: 3 }).map(correlationId),
    from: fc.integer({ min: -10_000, max: 400_000 }).map(later),
    to: fc.integer({ min: -10_000, max: 400_000 }).map(later),
  },
  { requiredKeys: [] },
)
