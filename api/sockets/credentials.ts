import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccessTokens } from '../../application/ports/access-tokens.ts'
import type { Now } from '../../application/ports/clock.ts'
import type { Tokens } from '../../application/ports/tokens.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import type { AccountQueries } from '../../projections/accounts/account-queries.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import type { SessionLookup } from '../../projections/sessions/session-lookup.ts'
import type { SessionQueries } from '../../projections/sessions/session-queries.ts'
import type { CloseReason } from './close-codes.ts'

export type Presented = { readonly userId: string; readonly sessionToken: string; readonly accessToken: string }

/** Until when the socket may stay open, or why not. */
export type SocketStanding = { readonly until: Instant } | { readonly refused: CloseReason }

export type Authenticated = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly until: Instant
  readonly standing: () => SocketStanding
}

type Needs = {
  readonly find: SessionLookup['find']
  readonly hashToken: Tokens['hash']
  readonly byId: SessionQueries['byId']
  readonly holderOf: SessionQueries['holderOf']
  readonly accountById: AccountQueries['byId']
  readonly verify: AccessTokens['verify']
  readonly isFresh: (() => boolean) | undefined
  readonly now: Now
}

const refusals = { invalid_token: 'invalid', expired_token: 'expired', keys_unavailable: 'tryAgainLater' } as const

/** Nothing here is use of the session: an open socket does not postpone its idle expiry. */
export function socketCredentials({ find, hashToken, byId, holderOf, accountById, verify, isFresh, now }: Needs) {
  const isDisabled = (accountId: string) => accountById(accountId)?.status === 'disabled'

  const stands = ({ idleExpiresAt, expiresAt }: ActiveSessionRow, latest: number): SocketStanding => {
    const until = instant(Math.min(idleExpiresAt, expiresAt, latest))
    return now() >= until ? { refused: 'expired' } : { until }
  }
  /** `current`: the session as the credential finds it. */
  const standingOf = (
    { accountId, sessionId }: Pick<ActiveSessionRow, 'accountId' | 'sessionId'>,
    current: () => ActiveSessionRow | undefined,
    latest = Number.POSITIVE_INFINITY,
  ) => {
    let end = Number.POSITIVE_INFINITY
    const standsUntil = (session: ActiveSessionRow) => {
      const standing = stands(session, latest)
      if ('until' in standing) end = standing.until
      return standing
    }
    const whyItEnded = (): SocketStanding => {
      if (isDisabled(accountId)) return { refused: 'disabled' }
      // The deadline of a rotation may be recorded before anybody looks at the clock.
      return { refused: byId(sessionId) !== undefined || now() >= end ? 'expired' : 'revoked' }
    }
    return (): SocketStanding => {
      if (isFresh?.() === false) return { refused: 'tryAgainLater' }
      const session = current()
      return session === undefined ? whyItEnded() : standsUntil(session)
    }
  }
  const begin = ({ accountId, sessionId }: Pick<ActiveSessionRow, 'accountId' | 'sessionId'>, standing: () => SocketStanding) => {
    const stands = standing()
    return 'refused' in stands ? stands : { accountId, sessionId, standing, ...stands }
  }

  const bySessionToken = (userId: string, token: string): Authenticated | { readonly refused: CloseReason } => {
    const tokenHash = hashToken(token)
    const session = find(tokenHash)
    if (session === undefined) return { refused: holderOf(tokenHash) === userId && isDisabled(userId) ? 'disabled' : 'invalid' }
    if (session.accountId !== userId) return { refused: 'invalid' }
    return begin(
      session,
      standingOf(session, () => find(tokenHash)),
    )
  }
  const byAccessToken = async (userId: string, token: string): Promise<Authenticated | { readonly refused: CloseReason }> => {
    const verified = await verify(token)
    if (isLeft(verified)) return { refused: refusals[verified.left] }
    const { sub, sid, expiresAt } = verified.right
    if (isFresh?.() === false) return { refused: 'tryAgainLater' }
    if (userId !== '' && userId !== sub) return { refused: 'invalid' }
    const session = byId(sid)
    if (session?.accountId !== sub) return { refused: isDisabled(sub) ? 'disabled' : 'invalid' }
    return begin(
      session,
      standingOf(session, () => byId(sid), expiresAt),
    )
  }
  /** Of the two tokens there must be exactly one. */
  return async ({ userId, sessionToken, accessToken }: Presented): Promise<Authenticated | { readonly refused: CloseReason }> => {
    if ((sessionToken === '') === (accessToken === '')) return { refused: 'invalid' }
    if (accessToken !== '') return byAccessToken(userId, accessToken)
    return isFresh?.() === false ? { refused: 'tryAgainLater' } : bySessionToken(userId, sessionToken)
  }
}

export type AuthenticateSocket = ReturnType<typeof socketCredentials>
