import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playSession, tokenOf } from '../../support/domain/session-history.ts'
import { opens } from '../../support/domain/sessions.ts'
import { later } from '../../support/domain/time.ts'

test('after its revocation a session opens nothing, and nothing follows', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(20_000), (history, ms) => {
      const { log, state } = playSession(history)
      const end = log.findIndex(({ type }) => type === 'SessionRevoked')
      if (end === -1) return
      expect(log.slice(end + 1)).toEqual([])
      expect(state(log).type).toBe('revoked')
      for (let n = 0; n <= history.moves.length; n++) expect(opens(state(log), tokenOf(n), later(ms))).toBe(false)
      cases.count('a revoked session')
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'a revoked session')
})
