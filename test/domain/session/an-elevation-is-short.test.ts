import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playSession } from '../../support/domain/session-history.ts'

const untilAfter = (event: SessionEvent, before: number | null) => {
  if (event.type === 'SessionElevated') return event.data.until
  return event.type === 'RefreshTokenRotated' ? null : before
}

test('an elevation lasts no longer than the policy says, is not prolonged by use, and ends at a refresh', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playSession(history)
      let until: number | null = null
      for (const [index, event] of log.entries()) {
        if (until !== null) cases.count(`${event.type} while elevated`)
        until = untilAfter(event, until)
        const now = state(log.slice(0, index + 1))
        if (now.type === 'active') expect(now.elevatedUntil).toBe(until)
        if (event.type === 'SessionElevated') expect(event.data.until - event.data.at).toBeLessThanOrEqual(history.policy.elevation)
      }
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(20, 'RefreshTokenRotated while elevated', 'SessionExtended while elevated')
})
