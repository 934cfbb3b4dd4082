import * as t from 'io-ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'

const AccessTokenAnswer = strictObject({ accessToken: t.string, tokenType: t.literal('Bearer'), expiresIn: t.number })

/** A role that needs a second factor is left out for a session that began without one. */
const authenticatedRoles = ({ roles, factors }: ActiveSessionRow, { policy }: Context) =>
  factors.includes('otp') ? [...roles] : [...roles].filter((role) => !policy.requiresSecondFactor(new Set([role])))

const holderOf = (session: ActiveSessionRow, context: Context) => ({
  accountId: session.accountId,
  sessionId: session.sessionId,
  roles: authenticatedRoles(session, context),
  claims: Object.fromEntries(session.claims),
  factors: session.factors,
  authenticatedAt: session.grantedAt,
  elevatedUntil: session.elevatedUntil,
  endsAt: instant(Math.min(session.idleExpiresAt, session.expiresAt)),
})

export function accessTokenRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/token',
    tag: 'Access tokens',
    summary: 'Issue a short-lived signed token for other services',
    description: 'Stays valid for up to five minutes (fifteen if elevated) after its session is revoked. The session token does not.',
    guards: context.guards.session,
    responses: { 200: AccessTokenAnswer },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(
      context.accessTokens.issue(holderOf(sessionOf(request), context)),
      (token) => ({ status: 200, body: { ...token, tokenType: 'Bearer' } }) as const,
    ),
  )
}

const PublicKey = strictObject({ kty: t.string, crv: t.string, alg: t.string, use: t.string, kid: t.string, x: t.string })

export function signingKeysRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/.well-known/jwks.json',
    tag: 'Access tokens',
    summary: 'Public keys to verify access tokens (JWKS)',
    responses: { 200: strictObject({ keys: t.array(PublicKey) }) },
    problems: ['STORE_UNAVAILABLE'],
  })(() => context.answer(context.accessTokens.jwks(), ({ keys }) => ({ status: 200, body: { keys: [...keys] } }) as const))
}
