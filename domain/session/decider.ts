import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { AccessTokenId, AccountId, BlindIndex, SessionId, TokenHash } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import type { UsedKey } from '../kernel/used-key.ts'
import {
  AccessTokenIssued,
  type Factor,
  type RevocationReason,
  SessionElevated,
  type SessionEvent,
  SessionExtended,
  type SessionFactor,
  SessionFactorWithdrawn,
  SessionGranted,
  SessionRevoked,
  SessionSummarized,
} from './events.ts'
import { decideReauthentication, type ReauthenticationCommand } from './reauthentication.ts'
import { decideRefresh, type RefreshCommand } from './refresh.ts'
import { elevationExpiry, idleExpiry, refreshExpiry, type SessionPolicy, worthExtending } from './session-policy.ts'
import { type ActiveSession, evolveSession, hasExpired, type State, summarizeSession } from './state.ts'

export type { ActiveSession, State } from './state.ts'

type Grant = {
  sessionId: SessionId
  accountId: AccountId
  accountRevision: number
  tokenHash: TokenHash
  refreshHash: TokenHash | null
  factors: SessionFactor[]
  key: UsedKey | null
  ipAddress: Sealed
  networkIndex: BlindIndex
  userAgent: Sealed | null
}

/** `survives`: whether the account, as just read, still backs the session. */
type Elevate = { type: 'elevate'; presented: TokenHash; tokenHash: TokenHash; factor: Factor; survives: boolean; at: Instant }

type IssueAccessToken = {
  type: 'issueAccessToken'
  presented: TokenHash
  tokenId: AccessTokenId
  expiresAt: Instant
  survives: boolean
  at: Instant
}

export type Command =
  | ({ type: 'grant'; at: Instant } & Grant)
  | { type: 'extend'; at: Instant }
  | RefreshCommand
  | ReauthenticationCommand
  | Elevate
  | IssueAccessToken
  | { type: 'withdrawFactor'; factor: Factor; at: Instant }
  | { type: 'revoke'; because: RevocationReason; at: Instant }

export type Refusal =
  | { type: 'session_exists' }
  | { type: 'session_not_active' }
  | { type: 'attempts_pending' }
  | { type: 'attempt_not_pending' }

const notActive = left({ type: 'session_not_active' as const })

const grant = (policy: SessionPolicy, { type: _, refreshHash, ...granted }: Extract<Command, { type: 'grant' }>) => {
  const { at } = granted
  const expiresAt = instant(at + policy.absolute)
  const refreshToken = refreshHash === null ? null : { hash: refreshHash, expiresAt: refreshExpiry(policy, at, expiresAt) }
  return SessionGranted({ ...granted, refreshToken, idleExpiresAt: idleExpiry(policy, at, expiresAt), expiresAt })
}

const elevate = (policy: SessionPolicy, { tokenHash, presented, factor, survives, at }: Elevate, session: ActiveSession) => {
  if (hasExpired(session, at) || !survives || presented !== session.tokenHash) return notActive
  return right([SessionElevated({ tokenHash, factor, at, until: elevationExpiry(policy, at, session.expiresAt) })])
}

const issueAccessToken = ({ presented, tokenId, expiresAt, survives, at }: IssueAccessToken, session: ActiveSession) => {
  if (hasExpired(session, at) || !survives || presented !== session.tokenHash) return notActive
  return right([AccessTokenIssued({ tokenId, expiresAt, at })])
}

const decideActive = (policy: SessionPolicy, command: Exclude<Command, { type: 'grant' | 'revoke' }>, session: ActiveSession) => {
  const { at } = command
  switch (command.type) {
    case 'extend':
      if (hasExpired(session, at)) return notActive
      if (!worthExtending(policy, session.lastSeenAt, at)) return right([])
      return right([SessionExtended({ at, idleExpiresAt: idleExpiry(policy, at, session.expiresAt) })])
    case 'refresh':
      return decideRefresh(policy, command, session)
    case 'attempt':
      return hasExpired(session, at) ? notActive : decideReauthentication(policy, command, session)
    case 'settle':
      return decideReauthentication(policy, command, session)
    case 'elevate':
      return elevate(policy, command, session)
    case 'issueAccessToken':
      return issueAccessToken(command, session)
    case 'withdrawFactor':
      return right(session.factors.includes(command.factor) ? [SessionFactorWithdrawn({ factor: command.factor, at })] : [])
  }
}

export function session(policy: SessionPolicy): Decider<State, Command, SessionEvent, Refusal> {
  return {
    initial: { type: 'absent' },
    evolve: evolveSession,
    summary: { type: SessionSummarized.type, of: summarizeSession },
    decide: (command, state) => {
      if (command.type === 'grant') return state.type === 'absent' ? right([grant(policy, command)]) : left({ type: 'session_exists' })
      if (state.type === 'active' && command.type !== 'revoke') return decideActive(policy, command, state)
      if (command.type !== 'revoke') return notActive
      return right(state.type === 'active' ? [SessionRevoked({ because: command.because, at: command.at })] : [])
    },
  }
}
