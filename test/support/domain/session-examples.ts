import { type Command, session } from '../../../domain/session/decider.ts'
import {
  RefreshTokenReuseDetected,
  RefreshTokenRotated,
  SessionElevated,
  SessionExtended,
  SessionGranted,
  SessionRevoked,
} from '../../../domain/session/events.ts'
import { accountId, blindIndex, sealed, sessionId, tokenHash } from './ids.ts'
import { later, noon } from './time.ts'

export const hour = 3_600_000
export const day = 24 * hour
const policy = { idle: day, absolute: 30 * day, elevation: hour / 4, refresh: 7 * day, maxFailures: 3 }
export const decider = session({ ...policy, refreshGrace: 0 })
export const withGrace = session({ ...policy, refreshGrace: 10_000 })

export const [token, token2, token3] = [tokenHash(1), tokenHash(2), tokenHash(3)] as const
export const [refreshToken, refreshToken2, refreshToken3] = [tokenHash(11), tokenHash(12), tokenHash(13)] as const

export const granted = (refresh: { hash: typeof refreshToken; days: number } | null) =>
  SessionGranted({
    sessionId: sessionId(1),
    accountId: accountId(1),
    accountRevision: 4,
    tokenHash: token,
    refreshToken: refresh && { hash: refresh.hash, expiresAt: later(refresh.days * day) },
    factors: ['pwd'],
    key: null,
    ipAddress: sealed('address'),
    networkIndex: blindIndex(0),
    userAgent: null,
    at: noon,
    idleExpiresAt: later(day),
    expiresAt: later(30 * day),
  })
export const cookie = granted(null)
export const bearer = granted({ hash: refreshToken, days: 7 })
export const revoked = SessionRevoked({ because: 'logged_out', at: later(5) })
export const extended = (ms: number, idle = ms + day) => SessionExtended({ at: later(ms), idleExpiresAt: later(idle) })
export const rotated = (ms: number, tokenHash = token2, hash = refreshToken2) =>
  RefreshTokenRotated({ tokenHash, refreshToken: { hash, expiresAt: later(ms + 7 * day) }, at: later(ms), idleExpiresAt: later(ms + day) })
export const elevated = (ms: number, tokenHash = token2) =>
  SessionElevated({ tokenHash, factor: 'pwd', at: later(ms), until: later(ms + hour / 4) })
export const reuse = (ms: number) => [
  RefreshTokenReuseDetected({ at: later(ms) }),
  SessionRevoked({ because: 'refresh_token_reused', at: later(ms) }),
]

export const extend = (ms: number): Command => ({ type: 'extend', at: later(ms) })
export const revoke: Command = { type: 'revoke', because: 'revoked_by_owner', at: later(9) }
export const refresh = (presented = refreshToken, ms = hour, survives = true): Command => {
  const number = [refreshToken, refreshToken2, refreshToken3].indexOf(presented) + 1
  return {
    type: 'refresh',
    presented,
    counter: number === 0 ? null : number,
    tokenHash: token2,
    refreshHash: refreshToken2,
    survives,
    at: later(ms),
  }
}
export const elevate = (presented = token, ms = hour, survives = true): Command => {
  return { type: 'elevate', presented, tokenHash: token2, factor: 'pwd', survives, at: later(ms) }
}
