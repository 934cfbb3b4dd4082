import { left, right } from 'fp-ts/lib/Either.js'
import type { TokenHash } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { RefreshTokenReuseDetected, RefreshTokenRotated, SessionRevoked } from './events.ts'
import { idleExpiry, isInGrace, refreshExpiry, type SessionPolicy } from './session-policy.ts'
import type { ActiveSession } from './state.ts'

/** `counter`: the one that this service gave the token, null if it did not make it. `survives`: whether the account still backs the session. */
export type RefreshCommand = {
  type: 'refresh'
  presented: TokenHash
  counter: number | null
  tokenHash: TokenHash
  refreshHash: TokenHash
  survives: boolean
  at: Instant
}

/** A refresh token may revive a session after its idle time, but not after its absolute time. */
export function decideRefresh(policy: SessionPolicy, command: RefreshCommand, session: ActiveSession) {
  const { presented, counter, tokenHash, refreshHash, survives, at } = command
  const { refresh, expiresAt } = session
  const refused = left({ type: 'session_not_active' as const })
  if (refresh === null) return refused
  const isUsable = survives && at < refresh.expiresAt && at < expiresAt
  if (presented === refresh.hash) {
    if (!isUsable) return refused
    const next = { hash: refreshHash, expiresAt: refreshExpiry(policy, at, expiresAt) }
    return right([RefreshTokenRotated({ tokenHash, refreshToken: next, at, idleExpiresAt: idleExpiry(policy, at, expiresAt) })])
  }
  // A lost response or a second tab, not a thief: the same successor is returned again, as long as nobody has used it.
  if (refresh.previous?.hash === presented && isInGrace(policy, refresh.previous.rotatedAt, at))
    return isUsable && session.tokenHash === tokenHash ? right([]) : refused
  const isSpent = counter !== null && counter < refresh.counter
  return isSpent ? right([RefreshTokenReuseDetected({ at }), SessionRevoked({ because: 'refresh_token_reused', at })]) : refused
}
