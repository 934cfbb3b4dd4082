import type { TokenHash } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'
import type { Command, State } from '../../../domain/session/decider.ts'
import { accountId, blindIndex, sealed, sessionId } from './ids.ts'

export const grant = (tokenHash: TokenHash, refreshHash: TokenHash | null, at: Instant): Extract<Command, { type: 'grant' }> => ({
  type: 'grant',
  sessionId: sessionId(1),
  accountId: accountId(1),
  accountRevision: 4,
  tokenHash,
  refreshHash,
  factors: ['pwd'],
  key: null,
  ipAddress: sealed('address'),
  networkIndex: blindIndex(0),
  userAgent: null,
  at,
})

/** What a guard asks: whether this token opens anything at this moment. */
export const opens = (state: State, token: TokenHash, at: Instant) =>
  state.type === 'active' && state.tokenHash === token && at < state.idleExpiresAt && at < state.expiresAt
