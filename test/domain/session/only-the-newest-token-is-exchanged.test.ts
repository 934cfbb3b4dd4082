import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, newestRefreshToken, newestToken, playSession } from '../../support/domain/session-history.ts'

test('only the newest refresh token refreshes, only the newest token elevates, and only while the account stands behind it', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playSession(history)
      const soFar: SessionEvent[] = log.slice(0, 1)
      for (const { command, events, refusal } of outcomes) {
        const type = events.map(({ type }) => type).join()
        if (command.type === 'refresh' && type === 'RefreshTokenRotated') {
          expect([command.presented, command.survives]).toEqual([newestRefreshToken(soFar), true])
        }
        if (command.type === 'elevate' && type === 'SessionElevated') {
          expect([command.presented, command.survives]).toEqual([newestToken(soFar), true])
        }
        cases.count(`${command.type} ${type || refusal?.type}`)
        soFar.push(...events)
      }
      expect(soFar).toEqual(log)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(
    30,
    'refresh RefreshTokenRotated',
    'elevate SessionElevated',
    'refresh session_not_active',
    'elevate session_not_active',
  )
})
