import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccountId, BlindIndex, SessionId, TokenHash } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import {
  type Factor,
  RefreshTokenReuseDetected,
  RefreshTokenRotated,
  type RevocationReason,
  SessionElevated,
  type SessionEvent,
  SessionExtended,
  SessionGranted,
  SessionRevoked,
} from './events.ts'
import { elevationExpiry, idleExpiry, refreshExpiry, type SessionPolicy, worthExtending } from './session-policy.ts'

type Refresh = { hash: TokenHash; expiresAt: Instant; spent: ReadonlySet<TokenHash> }

export type ActiveSession = {
  type: 'active'
  sessionId: SessionId
  accountId: AccountId
  accountRevision: number
  tokenHash: TokenHash
  refresh: Refresh | null
  factors: readonly Factor[]
  grantedAt: Instant
  lastSeenAt: Instant
  idleExpiresAt: Instant
  expiresAt: Instant
  elevatedUntil: Instant | null
}
export type State = { type: 'absent' } | ActiveSession | { type: 'revoked'; accountId: AccountId }

type Grant = {
  sessionId: SessionId
  accountId: AccountId
  accountRevision: number
  tokenHash: TokenHash
  refreshHash: TokenHash | null
  factors: Factor[]
  ipAddress: Sealed
  networkIndex: BlindIndex
  userAgent: Sealed | null
}

/** `survives`: whether the account, as just read, still backs the session. */
export type Command =
  | ({ type: 'grant'; at: Instant } & Grant)
  | { type: 'extend'; at: Instant }
  | { type: 'refresh'; presented: TokenHash; tokenHash: TokenHash; refreshHash: TokenHash; survives: boolean; at: Instant }
  | { type: 'elevate'; presented: TokenHash; tokenHash: TokenHash; factor: Factor; survives: boolean; at: Instant }
  | { type: 'revoke'; because: RevocationReason; at: Instant }

export type Refusal = { type: 'session_exists' } | { type: 'session_not_active' }

export function hasExpired(session: ActiveSession, at: Instant) {
  return at >= session.idleExpiresAt || at >= session.expiresAt
}

const evolve = (state: State, event: SessionEvent): State => {
  if (event.type === 'SessionGranted') {
    const { refreshToken: refresh, ipAddress: _, networkIndex: __, userAgent: ___, at, ...granted } = event.data
    const family = refresh && { ...refresh, spent: new Set<TokenHash>() }
    return { type: 'active', ...granted, refresh: family, grantedAt: at, lastSeenAt: at, elevatedUntil: null }
  }
  if (state.type !== 'active') return state
  switch (event.type) {
    case 'SessionExtended':
      return { ...state, lastSeenAt: event.data.at, idleExpiresAt: event.data.idleExpiresAt }
    case 'RefreshTokenRotated': {
      const { tokenHash, refreshToken: refresh, at, idleExpiresAt } = event.data
      const spent = new Set(state.refresh === null ? [] : [...state.refresh.spent, state.refresh.hash])
      return { ...state, tokenHash, refresh: { ...refresh, spent }, lastSeenAt: at, idleExpiresAt, elevatedUntil: null }
    }
    case 'SessionElevated': {
      const { tokenHash, factor, until } = event.data
      return { ...state, tokenHash, elevatedUntil: until, factors: [...new Set([...state.factors, factor])] }
    }
    case 'RefreshTokenReuseDetected':
      return state
    case 'SessionRevoked':
      return { type: 'revoked', accountId: state.accountId }
  }
}

const grant = (policy: SessionPolicy, { type: _, refreshHash, ...granted }: Extract<Command, { type: 'grant' }>) => {
  const { at } = granted
  const expiresAt = instant(at + policy.absolute)
  const refresh = refreshHash === null ? null : { hash: refreshHash, expiresAt: refreshExpiry(policy, at, expiresAt) }
  return SessionGranted({ ...granted, refreshToken: refresh, idleExpiresAt: idleExpiry(policy, at, expiresAt), expiresAt })
}

/** A refresh token may revive a session after its idle time, but not after its absolute time. */
const refresh = (policy: SessionPolicy, command: Extract<Command, { type: 'refresh' }>, { refresh, expiresAt }: ActiveSession) => {
  const { presented, at, tokenHash, refreshHash, survives } = command
  if (refresh?.spent.has(presented)) {
    return right([RefreshTokenReuseDetected({ at }), SessionRevoked({ because: 'refresh_token_reused', at })])
  }
  const usable = survives && refresh?.hash === presented && at < refresh.expiresAt && at < expiresAt
  if (!usable) return left({ type: 'session_not_active' as const })
  const next = { hash: refreshHash, expiresAt: refreshExpiry(policy, at, expiresAt) }
  return right([RefreshTokenRotated({ tokenHash, refreshToken: next, at, idleExpiresAt: idleExpiry(policy, at, expiresAt) })])
}

export function session(policy: SessionPolicy): Decider<State, Command, SessionEvent, Refusal> {
  return {
    initial: { type: 'absent' },
    evolve,
    decide: (command, state) => {
      const { at } = command
      switch (command.type) {
        case 'grant':
          return state.type === 'absent' ? right([grant(policy, command)]) : left({ type: 'session_exists' })
        case 'extend':
          if (state.type !== 'active' || hasExpired(state, at)) return left({ type: 'session_not_active' })
          if (!worthExtending(policy, state.lastSeenAt, at)) return right([])
          return right([SessionExtended({ at, idleExpiresAt: idleExpiry(policy, at, state.expiresAt) })])
        case 'refresh':
          return state.type === 'active' ? refresh(policy, command, state) : left({ type: 'session_not_active' })
        case 'elevate': {
          const { tokenHash, presented, factor, survives } = command
          if (state.type !== 'active' || hasExpired(state, at) || !survives || presented !== state.tokenHash)
            return left({ type: 'session_not_active' })
          return right([SessionElevated({ tokenHash, factor, at, until: elevationExpiry(policy, at, state.expiresAt) })])
        }
        case 'revoke':
          return right(state.type === 'active' ? [SessionRevoked({ because: command.because, at })] : [])
      }
    },
  }
}
