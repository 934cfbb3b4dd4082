import type { RefusedRequest } from '../../application/access/refused-authorization.ts'
import { type Demand, sessionWorth } from '../../application/sessions/session-worth.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { Guard } from '../http/route.ts'
import { optionalSession } from './optional-session.ts'
import { attachSession, requireSession, type SessionGuardNeeds } from './require-session.ts'
import { requirements } from './requirements.ts'
import type { SessionRequirements } from './session-requirements.ts'

type Needs = SessionGuardNeeds & {
  readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean
  readonly countRefusal: (refused: RefusedRequest) => void
}

/** `anybody` knows a session that is there, `optional` one that `authenticated` would let in. `session` and `elevated` also let in a caller who must still enroll a second factor, which enrollment itself needs. */
export function guards(needs: Needs) {
  const session = requireSession(needs)
  const { demandOf, elevation } = sessionWorth(needs.needsSecondFactor)
  const required = requirements(needs)
  const met = (demand: Demand): Guard[] => (demand === elevation ? [] : [required.secondFactor(demand)])
  const ofAnybody = demandOf()
  const authenticated: Guard[] = [session, ...met(ofAnybody)]
  const anyRole = (roles: readonly string[]): Guard[] => [session, required.anyRole(roles), required.secondFactor(demandOfAny(roles))]
  const demandOfAny = (roles: readonly string[]): Demand => ({
    ...ofAnybody,
    isMet: (found) => roles.some((role) => found.roles.has(role) && demandOf(role).isMet(found)),
    isElevated: (found, at) =>
      roles.some((role) => found.roles.has(role) && demandOf(role).isMet(found) && demandOf(role).isElevated(found, at)),
  })
  const inRole = (role: string): Guard[] => [session, required.role(role), ...met(demandOf(role))]
  return {
    anybody: [attachSession(needs)],
    session: [session],
    elevated: [session, required.elevation(elevation)],
    authenticated,
    authenticatedElevated: [...authenticated, required.elevation(ofAnybody)],
    optional: [optionalSession(needs, ofAnybody)],
    role: inRole,
    anyRole,
    claim: (name: string, value: ClaimValue): Guard[] => [...authenticated, required.claim(name, value)],
    elevatedClaim: (name: string, value: ClaimValue): Guard[] => [
      ...authenticated,
      required.claim(name, value),
      required.elevation(ofAnybody),
    ],
    /** Several requirements at once, and the elevation that the role asks for. */
    every: ({ roles, claim, elevated = false }: SessionRequirements): Guard[] => [
      ...(roles === undefined ? authenticated : anyRole(roles)),
      ...(claim === undefined ? [] : [required.claim(...claim)]),
      ...(elevated ? [required.elevation(roles === undefined ? ofAnybody : demandOfAny(roles))] : []),
    ],
    admin: inRole(administratorRole),
    elevatedAdmin: [...inRole(administratorRole), required.elevation(demandOf(administratorRole))],
  }
}

export type Guards = ReturnType<typeof guards>
