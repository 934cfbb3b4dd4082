import type { FastifyRequest } from 'fastify'
import { identity } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { TokenHolder } from '../../application/ports/access-tokens.ts'
import { issueAccessToken } from '../../application/sessions/issue-access-token.ts'
import { sessionWorth } from '../../application/sessions/session-worth.ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { authenticationOf, sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { isProblem } from '../problems.ts'

const AccessTokenAnswer = strictObject({ accessToken: t.string, tokenType: t.literal('Bearer'), expiresIn: t.number })

const holderOf = (session: ActiveSessionRow, { journal, policy }: Context): TokenHolder => ({
  accountId: session.accountId,
  sessionId: session.sessionId,
  ...sessionWorth(policy.requiresSecondFactor).attested(session, journal.now()),
  factors: session.factors,
  authenticatedAt: session.grantedAt,
  endsAt: instant(Math.min(session.idleExpiresAt, session.expiresAt)),
})

/** The session must be there when the token is recorded, and the guards must still let it in when that is done. */
const issue = async (context: Context, request: FastifyRequest) => {
  const { session, tokenHash: presented } = authenticationOf(request)
  const { issuedAt, ...planned } = context.accessTokens.plan(holderOf(session, context))
  const issuance = { sessionId: session.sessionId, presented, ...planned }
  const recorded = await context.answer(issueAccessToken(context)(issuance, context.callerOf(request)), identity)
  if (isProblem(recorded)) return recorded
  const refused = firstRefusal(context.guards.authenticated, request)
  if (refused !== undefined) return refused
  const { factors, elevatedUntil } = recorded
  const holder = holderOf({ ...sessionOf(request), factors, elevatedUntil }, context)
  return context.answer(
    context.accessTokens.issue(holder, { issuedAt, ...planned }),
    (token) => ({ status: 200, body: { ...token, tokenType: 'Bearer' } }) as const,
  )
}

export function accessTokenRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/token',
    tag: 'Access tokens',
    summary: 'Issue a short-lived signed token for other services',
    description:
      'A role that needs a second factor is left out for a session without one; where everybody needs it, there is no token. Stays valid for up to five minutes (fifteen if elevated) after its session is revoked. The session token does not.',
    guards: context.guards.authenticated,
    responses: { 200: AccessTokenAnswer },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) => issue(context, request))
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
