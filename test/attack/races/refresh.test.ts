import { describe, expect, test } from 'vitest'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { refreshSession } from '../../../application/sessions/refresh-session.ts'
import { sessionStream } from '../../../domain/kernel/streams.ts'
import { typesOf } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { opens, registering } from '../../support/test-app/people.ts'
import { delaying } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const refreshing = ({ deps, caller }: TestApp, { refreshToken }: Pick<IssuedSession, 'refreshToken'>) =>
  refreshSession(deps)(refreshToken ?? '', caller)

const open = async () => {
  const app = await openTestApp()
  return { app, first: await succeed(registering(app)) }
}

const tokenOpens = (app: TestApp, { session, token }: { session: IssuedSession['session']; token: string }) =>
  opens(app, session.sessionId, token)

describe('refresh', () => {
  test('with one token fifty times at once leaves at most one pair that works, and none once reuse was seen', async () => {
    for (let round = 0; round < 20; round++) {
      const { app, first } = await open()
      const nodes = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won } = await race(Array.from({ length: 50 }, (_, n) => refreshing(nodes[n % 2] as TestApp, first)))
      const types = await typesOf(app, sessionStream(first.session.sessionId))
      expect(types).toEqual(['SessionGranted', 'RefreshTokenRotated', 'RefreshTokenReuseDetected', 'SessionRevoked'])
      expect(won.length).toBeLessThanOrEqual(1)
      for (const pair of won) {
        expect(await tokenOpens(app, pair)).toBe(false)
        expect(await refusalOf(refreshing(app, pair))).toEqual({ type: 'session_not_active' })
      }
    }
  })
})
