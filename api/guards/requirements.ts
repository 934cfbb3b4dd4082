import type { FastifyRequest } from 'fastify'
import type { RefusedRequest } from '../../application/access/refused-authorization.ts'
import type { Now } from '../../application/ports/clock.ts'
import type { Demand } from '../../application/sessions/session-worth.ts'
import type { RefusedFor } from '../../domain/access/events.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { sessionOf } from './guarded-session.ts'

type Condition = (request: FastifyRequest) => boolean

const unless = (refused: ProblemAnswer, holds: Condition): Guard =>
  Object.assign((request: FastifyRequest) => (holds(request) ? undefined : refused), { problems: [refused.problem] })

const refusedRequest = (request: FastifyRequest, code: RefusedFor): RefusedRequest => {
  const { accountId, sessionId } = sessionOf(request)
  return { accountId, sessionId, code, method: request.method, route: request.routeOptions.url ?? '(none)' }
}

type Needs = { readonly now: Now; readonly countRefusal: (refused: RefusedRequest) => void }

/** A missing elevation is no refusal to count: asking for one is how it begins. */
export function requirements({ now, countRefusal }: Needs) {
  const counted = (problem: RefusedFor, holds: Condition) =>
    unless({ problem, onSent: (request) => countRefusal(refusedRequest(request, problem)) }, holds)
  return {
    role: (role: string) => counted('ROLE_REQUIRED', (request) => sessionOf(request).roles.has(role)),
    anyRole: (roles: readonly string[]) => counted('ROLE_REQUIRED', (request) => roles.some((role) => sessionOf(request).roles.has(role))),
    /** A session that began without a second factor does not get roles that need one. */
    secondFactor: ({ isMet }: Demand) => counted('ENROLLMENT_REQUIRED', (request) => isMet(sessionOf(request))),
    claim: (name: string, value: ClaimValue) => counted('CLAIM_REQUIRED', (request) => sessionOf(request).claims.get(name) === value),
    elevation: ({ isElevated }: Demand) => unless({ problem: 'ELEVATION_REQUIRED' }, (request) => isElevated(sessionOf(request), now())),
  }
}
