import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playSession, tokenOf } from '../../support/domain/session-history.ts'
import { opens } from '../../support/domain/sessions.ts'
import { noon } from '../../support/domain/time.ts'

const endsOf = ({ data }: SessionEvent) => [
  ...('idleExpiresAt' in data ? [data.idleExpiresAt] : []),
  ...('expiresAt' in data ? [data.expiresAt] : []),
  ...('until' in data ? [data.until] : []),
  ...('refreshToken' in data && data.refreshToken !== null ? [data.refreshToken.expiresAt] : []),
]

test('no idle time, refresh token or elevation goes beyond the absolute time of its session', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playSession(history)
      const end = instant(noon + history.policy.absolute)
      for (const event of log) {
        for (const ends of endsOf(event)) {
          expect(ends).toBeLessThanOrEqual(end)
          cases.count(ends === end ? 'cut short' : 'not cut short')
        }
      }
      for (let n = 0; n <= history.moves.length; n++) expect(opens(state(log), tokenOf(n), end)).toBe(false)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'cut short', 'not cut short')
})
