import fc from 'fast-check'
import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { RefreshTokenReuseDetected, SessionRevoked } from '../../../domain/session/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { tokenHash } from '../../support/domain/ids.ts'
import { aHistory, counterOf, playSession } from '../../support/domain/session-history.ts'
import { later } from '../../support/domain/time.ts'

test('every refresh token that was ever replaced ends the family while it lives, at any time', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(30_000), (history, ms) => {
      const { log, state, decider } = playSession(history)
      const given = log.flatMap(({ data }) => ('refreshToken' in data && data.refreshToken !== null ? [data.refreshToken.hash] : []))
      const living = log.filter(({ type }) => type !== 'SessionRevoked' && type !== 'RefreshTokenReuseDetected')
      const at = later(ms)
      const fresh = { tokenHash: tokenHash(7001), refreshHash: tokenHash(7002) }
      for (const presented of given.slice(0, -1)) {
        for (const survives of [true, false]) {
          expect(
            decider.decide({ type: 'refresh', presented, counter: counterOf(log, presented), ...fresh, survives, at }, state(living)),
          ).toEqual(right([RefreshTokenReuseDetected({ at }), SessionRevoked({ because: 'refresh_token_reused', at })]))
        }
        cases.count('a spent token')
      }
      cases.count('reuse in the history itself', log.length - living.length > 1 ? 1 : 0)
    }),
    { numRuns: 200 },
  )
  cases.expectAtLeast(15, 'a spent token', 'reuse in the history itself')
})
