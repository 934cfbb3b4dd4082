import type { Now } from '../../application/ports/clock.ts'
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
export const requireSecondFactor = unless('ENROLLMENT_REQUIRED', (request) => sessionOf(request).factors.includes('otp'))

export function requireClaim(name: string, value: ClaimValue) {
  return unless('CLAIM_REQUIRED', (request) => sessionOf(request).claims.get(name) === value)
}

export function requireElevation(now: Now) {
  return unless('ELEVATION_REQUIRED', (request) => {
    const { elevatedUntil } = sessionOf(request)
    return elevatedUntil !== null && now() < elevatedUntil
  })
}
