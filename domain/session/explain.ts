import { failuresWith } from '../kernel/attempt-budget.ts'
import type { Explainer, Reasons } from '../kernel/explain/explanation.ts'
import { between, budgetAt, milliseconds, times } from '../kernel/explain/reasons.ts'
import { type TokenHash, unrecordedAttempt } from '../kernel/ids.ts'
import { type Command, session } from './decider.ts'
import type { SessionEvent } from './events.ts'
import type { SessionPolicy } from './session-policy.ts'
import type { ActiveSession, State } from './state.ts'

/** No token has this hash. */
const otherToken = 'A'.repeat(43) as TokenHash

const commandOf = (state: State, [event]: readonly SessionEvent[]): Command | null => {
  if (event?.type === 'SessionGranted') return { type: 'grant', ...event.data, refreshHash: event.data.refreshToken?.hash ?? null }
  if (state.type !== 'active') return null
  const presented = state.tokenHash
  switch (event?.type) {
    case 'SessionExtended':
      return { type: 'extend', at: event.data.at }
    case 'RefreshTokenRotated': {
      const { tokenHash, refreshToken, at } = event.data
      const shown = { presented: state.refresh?.hash ?? otherToken, counter: state.refresh?.counter ?? null }
      return { type: 'refresh', ...shown, tokenHash, refreshHash: refreshToken.hash, survives: true, at }
    }
    case 'RefreshTokenReuseDetected':
      return {
        type: 'refresh',
        presented: otherToken,
        counter: 0,
        tokenHash: otherToken,
        refreshHash: otherToken,
        survives: true,
        at: event.data.at,
      }
    case 'SessionElevated':
      return { type: 'elevate', ...event.data, presented, survives: true }
    case 'SessionFactorWithdrawn':
      return { type: 'withdrawFactor', ...event.data }
    case 'AccessTokenIssued':
      return { type: 'issueAccessToken', ...event.data, presented, survives: true }
    case 'ReauthenticationAttempted':
      return { type: 'attempt', ...event.data }
    case 'ReauthenticationSucceeded':
    case 'ReauthenticationFailed':
      return { type: 'settle', ...event.data, isRight: event.type === 'ReauthenticationSucceeded' }
    case 'SessionRevoked':
      return event.data.because === 'too_many_failures'
        ? { type: 'attempt', attemptId: unrecordedAttempt, purpose: 'elevation', at: event.data.at }
        : { type: 'revoke', ...event.data }
    default:
      return null
  }
}

const isOneAppend = (_: State, { type, data }: SessionEvent, next: SessionEvent) =>
  (type === 'ReauthenticationFailed' || type === 'RefreshTokenReuseDetected') && next.type === 'SessionRevoked' && next.data.at === data.at

const plain = { budget: null, counters: [], windows: [] } as const

type Settled = Extract<SessionEvent, { type: 'ReauthenticationSucceeded' | 'ReauthenticationFailed' }>

const failuresOf = ({ reauthentication }: ActiveSession, { data }: Settled) => failuresWith(reauthentication, data.attemptId, data.at)

export function sessionExplainer(policy: SessionPolicy): Explainer<State, Command, SessionEvent> {
  const { maxFailures: max } = policy

  const ofActive = (active: ActiveSession, [event, next]: readonly SessionEvent[], command: Command): Reasons => {
    const { reauthentication, lastSeenAt, expiresAt, refresh } = active
    switch (event?.type) {
      case 'SessionExtended': {
        const counters = [milliseconds('since_last_seen', event.data.at - lastSeenAt, policy.idle / 12)]
        return { ...plain, rule: 'extension_due', counters, windows: [between('idle', event.data.at, event.data.idleExpiresAt)] }
      }
      case 'RefreshTokenRotated': {
        const { at, idleExpiresAt, refreshToken } = event.data
        const windows = [between('idle', at, idleExpiresAt), between('refresh_token', at, refreshToken.expiresAt)]
        return { ...plain, rule: 'refresh_token_current', counters: [times('refresh_token', refresh?.counter ?? 0)], windows }
      }
      case 'RefreshTokenReuseDetected':
        return { ...plain, rule: 'refresh_token_reused', counters: [times('refresh_token', refresh?.counter ?? 0)] }
      case 'SessionElevated':
        return { ...plain, rule: 'elevation_proved', windows: [between('elevation', event.data.at, event.data.until)] }
      case 'AccessTokenIssued':
        return { ...plain, rule: 'access_token_issued', windows: [between('access_token', event.data.at, event.data.expiresAt)] }
      case 'ReauthenticationAttempted':
        return { ...plain, rule: 'attempt_within_budget', budget: 'session', counters: budgetAt(reauthentication, max, event.data.at) }
      case 'ReauthenticationSucceeded':
        return { ...plain, rule: 'matched', budget: 'session', counters: [times('failures', failuresOf(active, event) - 1, max)] }
      case 'ReauthenticationFailed': {
        const rule = next === undefined ? 'failure_counted' : 'session_budget_spent'
        return { ...plain, rule, budget: 'session', counters: [times('failures', failuresOf(active, event), max)] }
      }
      case 'SessionRevoked':
        return command.type === 'attempt'
          ? { ...plain, rule: 'session_budget_spent', budget: 'session', counters: budgetAt(reauthentication, max, command.at) }
          : { ...plain, rule: 'session_ended', windows: [between('session', active.grantedAt, expiresAt)] }
      default:
        return { ...plain, rule: 'factor_withdrawn' }
    }
  }
  return {
    decider: session(policy),
    commandOf,
    isOneAppend,
    reasonsFor: (state, decided, command) => {
      const [event] = decided
      if (state.type === 'active') return ofActive(state, decided, command)
      if (event?.type !== 'SessionGranted') return { ...plain, rule: 'session_ended' }
      const { at, idleExpiresAt, expiresAt, refreshToken } = event.data
      const refreshing = refreshToken === null ? [] : [between('refresh_token', at, refreshToken.expiresAt)]
      return { ...plain, rule: 'granted', windows: [between('idle', at, idleExpiresAt), between('session', at, expiresAt), ...refreshing] }
    },
  }
}
