import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { aHistory, playSession } from '../../support/domain/session-history.ts'
import { tally } from '../../support/domain/tally.ts'

const untilAfter = (event: SessionEvent, before: number | null) => {
  if (event.type === 'SessionElevated') return event.data.until
  return event.type === 'RefreshTokenRotated' ? null : before
}

test('an elevation lasts no longer than the policy says, is not prolonged by use, and ends at a refresh', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playSession(history)
      let until: number | null = null
      for (const [index, event] of log.entries()) {
        if (until !== null) seen.saw(`${event.type} while elevated`)
        until = untilAfter(event, until)
        const now = state(log.slice(0, index + 1))
        if (now.type === 'active') expect(now.elevatedUntil).toBe(until)
        if (event.type === 'SessionElevated') expect(event.data.until - event.data.at).toBeLessThanOrEqual(history.policy.elevation)
      }
    }),
    { numRuns: 300 },
  )
  seen.expectAtLeast(20, 'RefreshTokenRotated while elevated', 'SessionExtended while elevated')
})
