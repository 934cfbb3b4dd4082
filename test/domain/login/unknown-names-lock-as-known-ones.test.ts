import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LoginEvent } from '../../../domain/login/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { ada, aHistory, playLogin } from '../../support/domain/login-history.ts'

const nameless = (event: LoginEvent) => (event.type === 'LoginAttempted' ? { ...event, data: { ...event.data, accountId: null } } : event)

test('a name that nobody has is locked by the same events at the same times as one that somebody has', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const wrong = { ...history, moves: history.moves.map((move) => ('right' in move ? { ...move, right: false } : move)) }
      const known = playLogin(wrong, ada)
      const unknown = playLogin(wrong, null)
      expect(unknown.log).toEqual(known.log.map(nameless))
      expect(unknown.outcomes.map(({ refusal }) => refusal)).toEqual(known.outcomes.map(({ refusal }) => refusal))
      cases.count('a lock', known.log.filter(({ type }) => type === 'LoginLocked').length)
    }),
  )
  cases.expectAtLeast(50, 'a lock')
})
