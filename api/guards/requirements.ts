import type { Now } from '../../application/ports/clock.ts'
import type { Demand } from '../../application/sessions/session-worth.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemCode } from '../problems.ts'
import { sessionOf } from './guarded-session.ts'

type Condition = (request: Parameters<Guard>[0]) => boolean

const unless = (problem: ProblemCode, holds: Condition): Guard => {
  const refused = { problem }
  return Object.assign((request: Parameters<Guard>[0]) => (holds(request) ? undefined : refused), { problems: [problem] })
}

export function requireRole(role: string) {
  return unless('ROLE_REQUIRED', (request) => sessionOf(request).roles.has(role))
}

/** A session that began without a second factor does not get roles that need one. */
export function requireSecondFactor({ isMet }: Demand) {
  return unless('ENROLLMENT_REQUIRED', (request) => isMet(sessionOf(request)))
}

export function requireClaim(name: string, value: ClaimValue) {
  return unless('CLAIM_REQUIRED', (request) => sessionOf(request).claims.get(name) === value)
}

export function requireElevation({ isElevated }: Demand, now: Now) {
  return unless('ELEVATION_REQUIRED', (request) => isElevated(sessionOf(request), now()))
}
