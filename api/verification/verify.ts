import type { FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { openedAddress } from '../../application/accounts/find-account.ts'
import { sessionWorth } from '../../application/sessions/session-worth.ts'
import { decode } from '../codecs/decode.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { presentedToken } from '../http/cookies/session-token.ts'
import { defineRoute, type Guard } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import type { ProblemAnswer, ProblemCode } from '../problems.ts'
import { RoleNames } from '../shapes/names.ts'
import { forwardedMethods, isVisit, wantedPath } from './asked-on-behalf.ts'
import { headerText } from './header-text.ts'

const description =
  'For reverse proxies (nginx `auth_request`, Traefik ForwardAuth, Caddy `forward_auth`), which ask it before they let a request through. 204 with `X-Gatebook-Account`, `X-Gatebook-Email` (percent-encoded beyond visible ASCII, empty without an address), `X-Gatebook-Email-Verified` (`true` or `false`), `X-Gatebook-Roles` (comma-separated) and `X-Gatebook-Elevated-Until` (empty without elevation). `role` is a name, or several of which one is enough. The proxy must send the method of the request in `X-Forwarded-Method`; its path in `X-Forwarded-Uri` becomes the place to return to. A visit by a browser is refused with a `Location` where the person can log in, or with `redirect=1` is sent there (302). A `Gatebook-Service-Token` lifts the limit by the address of the back end that sends it.'

const Query = strictObject({}, { role: RoleNames, elevated: t.literal('1'), redirect: t.literal('1') })

const problems = ['ORIGIN_REJECTED', 'ROLE_REQUIRED', 'ENROLLMENT_REQUIRED', 'ELEVATION_REQUIRED', 'STORE_UNAVAILABLE'] as const

const noMethod: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: 'X-Forwarded-Method', expected: 'the method of the request that is verified' }],
}

/** Of the pages, on the same host: the cookie is sent nowhere else. */
const pageFor = (problem: ProblemCode, { headers, mountedAt }: FastifyRequest) => {
  const to = encodeURIComponent(wantedPath(headers))
  if (problem === 'SESSION_REQUIRED') return `${mountedAt}/login?to=${to}`
  if (problem === 'ELEVATION_REQUIRED') return `${mountedAt}/login?elevate=1&to=${to}`
  return problem === 'ENROLLMENT_REQUIRED' ? `${mountedAt}/account/security` : undefined
}

/** Whether the request that the proxy holds was made by another site. Without its method nobody knows whether it may change something. */
const checkForged = ({ checkOrigin }: Context, { headers, socket }: FastifyRequest): ProblemAnswer | undefined => {
  const presented = presentedToken(headers)
  if (presented.type !== 'token' || presented.by !== 'cookie') return undefined
  const methods = forwardedMethods(headers)
  if (methods.length === 0) return checkOrigin({ headers, socket, method: '(unknown)' }) && noMethod
  return methods.map((method) => checkOrigin({ headers, socket, method })).find((refused) => refused !== undefined)
}

/** A visit by a browser is told where the person can go on, or with `redirect=1` is sent there. */
const refusal = (context: Context, { role, elevated, redirect }: t.TypeOf<typeof Query>, request: FastifyRequest) => {
  const guards = context.guards.every({ roles: role, elevated: elevated !== undefined })
  const refused = checkForged(context, request) ?? firstRefusal(guards, request)
  const location = refused && isVisit(request.headers) ? pageFor(refused.problem, request) : undefined
  return refused && location !== undefined ? { ...refused, location, isRedirect: redirect !== undefined } : refused
}

/** Guards decide before the query is decoded. */
const verification = (context: Context): Guard => {
  const guard: Guard = (request) => {
    const query = decode(Query, request.query)
    return isLeft(query) ? { problem: 'VALIDATION_FAILED', errors: query.left } : refusal(context, query.right, request)
  }
  return Object.assign(guard, { problems: [...context.guards.session.flatMap(({ problems = [] }) => problems), ...problems] })
}

const vary = 'Cookie, Authorization, Origin, Accept'

export function verifyRoute(context: Context) {
  const { attested } = sessionWorth(context.policy.requiresSecondFactor)
  return defineRoute({
    method: 'GET',
    url: '/verify',
    tag: 'Sessions',
    summary: 'Verify the session of a request that a reverse proxy holds',
    description,
    query: Query,
    guards: [verification(context)],
    responses: { 204: null, 302: null },
    limit: 'verification',
  })(({ query }, request) => {
    const session = sessionOf(request)
    const { roles, elevatedUntil } = attested(session, context.journal.now())
    const owner = context.accountQueries.byId(session.accountId)
    if (owner === undefined || owner.status === 'erased') return { problem: 'SESSION_REQUIRED' }
    return context.answer(
      openedAddress(context, owner),
      (email) =>
        refusal(context, query, request) ?? {
          status: 204 as const,
          headers: {
            vary,
            'x-gatebook-account': session.accountId,
            'x-gatebook-email': headerText(email ?? ''),
            'x-gatebook-email-verified': String(owner.emailVerified),
            'x-gatebook-roles': roles.join(','),
            'x-gatebook-elevated-until': elevatedUntil === null ? '' : new Date(elevatedUntil).toISOString(),
          },
        },
    )
  })
}
