import * as t from 'io-ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { type GuardedSession, sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'

const AccessTokenAnswer = strictObject({ accessToken: t.string, tokenType: t.literal('Bearer'), expiresIn: t.number })

/** A role that needs a second factor does not leave the house with a session that was begun without one. */
const provenRoles = ({ roles, factors }: GuardedSession, { policy }: Context) =>
  factors.includes('otp') ? [...roles] : [...roles].filter((role) => !policy.requiresSecondFactor(new Set([role])))

const holderOf = (session: GuardedSession, context: Context) => ({
  accountId: session.accountId as AccountId,
  sessionId: session.sessionId as SessionId,
  roles: provenRoles(session, context),
  claims: Object.fromEntries(session.claims),
  factors: session.factors,
  authenticatedAt: instant(session.grantedAt),
  elevatedUntil: session.elevatedUntil === null ? null : instant(session.elevatedUntil),
  endsAt: instant(Math.min(session.idleExpiresAt, session.expiresAt)),
})

export function accessTokenRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/token',
    tag: 'Access tokens',
    summary: 'A short-lived signed token for other services',
    description: 'It lives on for up to five minutes (fifteen when elevated) after its session is revoked. The opaque token does not.',
    guards: context.guards.session,
    answers: { 200: AccessTokenAnswer },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(
      context.accessTokens.issue(holderOf(sessionOf(request), context)),
      (token) => ({ status: 200, body: { ...token, tokenType: 'Bearer' } }) as const,
    ),
  )
}

const PublicKey = strictObject({ kty: t.string, crv: t.string, alg: t.string, use: t.string, kid: t.string, x: t.string })

/** Where other services find the keys to check access tokens with (RFC 7517); not under the API's base path. */
export function signingKeysRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/.well-known/jwks.json',
    tag: 'Access tokens',
    summary: 'The keys that access tokens are signed with',
    answers: { 200: strictObject({ keys: t.array(PublicKey) }) },
    problems: ['STORE_UNAVAILABLE'],
  })(() => context.answer(context.accessTokens.jwks(), ({ keys }) => ({ status: 200, body: { keys: [...keys] } }) as const))
}
