import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TokenHash } from '../../../domain/kernel/ids.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playSession } from '../../support/domain/session-history.ts'
import { opens } from '../../support/domain/sessions.ts'

test('a token that was replaced opens nothing any more, the one that replaced it does', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playSession(history)
      const replaced = new Set<TokenHash>()
      let current: TokenHash | null = null
      for (const [index, { type, data }] of log.entries()) {
        const now = state(log.slice(0, index + 1))
        if ('tokenHash' in data) {
          if (current !== null) replaced.add(current)
          current = data.tokenHash
          expect(replaced.has(current)).toBe(false)
          expect(now).toMatchObject({ tokenHash: current })
          cases.count(type)
        }
        for (const token of replaced) expect(opens(now, token, data.at)).toBe(false)
      }
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(50, 'RefreshTokenRotated', 'SessionElevated')
})
