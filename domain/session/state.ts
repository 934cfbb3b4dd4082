import { type AttemptBudget, beginAttempt, settleAttempt, unusedBudget } from '../kernel/attempt-budget.ts'
import type { AccountId, SessionId, TokenHash } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { UsedKey } from '../kernel/used-key.ts'
import { type SessionEvent, type SessionFactor, SessionSummarized } from './events.ts'

/** `counter` numbers the refresh tokens of a session from 1. */
export type RefreshToken = {
  hash: TokenHash
  expiresAt: Instant
  counter: number
  previous: { hash: TokenHash; rotatedAt: Instant } | null
}

export type ActiveSession = {
  type: 'active'
  sessionId: SessionId
  accountId: AccountId
  accountRevision: number
  tokenHash: TokenHash
  refresh: RefreshToken | null
  factors: readonly SessionFactor[]
  key: UsedKey | null
  reauthentication: AttemptBudget
  grantedAt: Instant
  lastSeenAt: Instant
  idleExpiresAt: Instant
  expiresAt: Instant
  elevatedUntil: Instant | null
}
export type State = { type: 'absent' } | ActiveSession | { type: 'revoked'; accountId: AccountId }

type Summarized = ReturnType<typeof SessionSummarized>['data']

const fromSummary = ({ refreshToken, failedAttempts, pendingAttempts, at: _, ...session }: Summarized): ActiveSession => ({
  type: 'active',
  ...session,
  refresh: refreshToken,
  reauthentication: { failures: failedAttempts, pending: new Map(pendingAttempts.map(({ attemptId, at }) => [attemptId, at])) },
})

export function summarizeSession(state: State, next: SessionEvent) {
  if (state.type !== 'active') return null
  const { type: _, refresh, reauthentication, factors, ...session } = state
  return SessionSummarized({
    ...session,
    factors: [...factors],
    refreshToken: refresh,
    failedAttempts: reauthentication.failures,
    pendingAttempts: [...reauthentication.pending].map(([attemptId, at]) => ({ attemptId, at })),
    at: next.data.at,
  })
}

const granted = ({ data }: Extract<SessionEvent, { type: 'SessionGranted' }>): ActiveSession => {
  const { refreshToken, ipAddress: _, networkIndex: __, userAgent: ___, at, ...session } = data
  const refresh = refreshToken && { ...refreshToken, counter: 1, previous: null }
  return { type: 'active', ...session, refresh, reauthentication: unusedBudget, grantedAt: at, lastSeenAt: at, elevatedUntil: null }
}

const evolveActive = (
  session: ActiveSession,
  event: Exclude<SessionEvent, { type: 'SessionGranted' | 'SessionSummarized' | 'SessionPayloadErased' }>,
): State => {
  const { data } = event
  switch (event.type) {
    case 'SessionExtended':
      return { ...session, lastSeenAt: data.at, idleExpiresAt: event.data.idleExpiresAt }
    case 'RefreshTokenRotated': {
      const { tokenHash, refreshToken, at, idleExpiresAt } = event.data
      const previous = session.refresh && { hash: session.refresh.hash, rotatedAt: at }
      const refresh = { ...refreshToken, counter: (session.refresh?.counter ?? 0) + 1, previous }
      return { ...session, tokenHash, refresh, lastSeenAt: at, idleExpiresAt, elevatedUntil: null }
    }
    case 'SessionElevated': {
      const { tokenHash, factor, until } = event.data
      return { ...session, tokenHash, elevatedUntil: until, factors: [...new Set([...session.factors, factor])] }
    }
    case 'SessionFactorWithdrawn':
      return { ...session, elevatedUntil: null, factors: session.factors.filter((factor) => factor !== event.data.factor) }
    case 'ReauthenticationAttempted':
      return { ...session, reauthentication: beginAttempt(session.reauthentication, event.data.attemptId, data.at) }
    case 'ReauthenticationSucceeded':
    case 'ReauthenticationFailed': {
      const isRight = event.type === 'ReauthenticationSucceeded'
      return { ...session, reauthentication: settleAttempt(session.reauthentication, event.data.attemptId, isRight, data.at) }
    }
    case 'AccessTokenIssued':
    case 'RefreshTokenReuseDetected':
      return session
    case 'SessionRevoked':
      return { type: 'revoked', accountId: session.accountId }
  }
}

export function evolveSession(state: State, event: SessionEvent): State {
  if (event.type === 'SessionGranted') return granted(event)
  if (event.type === 'SessionSummarized') return fromSummary(event.data)
  // It had expired before, so whatever claims that a grant was erased can end a session and never begin one.
  if (event.type === 'SessionPayloadErased') return { type: 'revoked', accountId: event.data.accountId }
  return state.type === 'active' ? evolveActive(state, event) : state
}

export function hasExpired(session: ActiveSession, at: Instant) {
  return at >= session.idleExpiresAt || at >= session.expiresAt
}
