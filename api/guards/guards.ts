import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { Guard } from '../http/route.ts'
import { requireSession, type SessionGuardNeeds } from './require-session.ts'
import { requireClaim, requireElevation, requireRole, requireSecondFactor } from './requirements.ts'

type Needs = SessionGuardNeeds & { readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean }

/**
 * What a route asks of its caller, each list in the order in which it is checked. `session` and `elevated` let in who has still to enrol a second
 * factor, and are for the calls that one needs to do so; all others ask for the factor too, where it is required of everybody or for the role.
 */
export function guards(needs: Needs) {
  const session = requireSession(needs)
  const elevation = requireElevation(needs.now)
  const factorOfRoles = (...roles: readonly string[]): Guard[] => (needs.needsSecondFactor(new Set(roles)) ? [requireSecondFactor] : [])
  const proven: Guard[] = [session, ...factorOfRoles()]
  const inRole = (role: string): Guard[] => [session, requireRole(role), ...factorOfRoles(role)]
  return {
    session: [session],
    elevated: [session, elevation],
    proven,
    provenElevated: [...proven, elevation],
    role: inRole,
    claim: (name: string, value: ClaimValue): Guard[] => [...proven, requireClaim(name, value)],
    elevatedClaim: (name: string, value: ClaimValue): Guard[] => [...proven, requireClaim(name, value), elevation],
    admin: inRole(administratorRole),
    elevatedAdmin: [...inRole(administratorRole), elevation],
  }
}

export type Guards = ReturnType<typeof guards>
