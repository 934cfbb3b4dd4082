import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { SessionElevated, SessionExtended, SessionPayloadErased, SessionRevoked } from '../../../domain/session/events.ts'
import { evolveSession, type State } from '../../../domain/session/state.ts'
import { accountId, sessionId, tokenHash } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'

const erased = SessionPayloadErased({
  ...{ eventVersion: 3, sessionId: sessionId(1), accountId: accountId(1), sha256: 'a'.repeat(64) as never },
  ...{ at: later(0), expiresAt: later(1_000_000) },
})
const following: fc.Arbitrary<SessionEvent> = fc.constantFrom<SessionEvent>(
  SessionExtended({ at: later(1), idleExpiresAt: later(900_000) }),
  SessionElevated({ tokenHash: tokenHash(1), factor: 'pwd', at: later(2), until: later(900_000) }),
  SessionRevoked({ because: 'logged_out', at: later(3) }),
)

test('a stream whose grant is erased is a session that has ended, whatever follows and whatever its times say', () => {
  fc.assert(
    fc.property(fc.array(following, { maxLength: 10 }), (events) => {
      const state = [erased, ...events].reduce<State>(evolveSession, { type: 'absent' })
      expect(state).toEqual({ type: 'revoked', accountId: accountId(1) })
    }),
  )
})
