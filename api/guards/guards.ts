import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { Guard } from '../http/route.ts'
import { attachSession, requireSession, type SessionGuardNeeds } from './require-session.ts'
import { requireClaim, requireElevation, requireRole, requireSecondFactor } from './requirements.ts'

type Needs = SessionGuardNeeds & { readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean }

/** `anybody` knows a session that is there. `session` and `elevated` also let in a caller who must still enroll a second factor, which enrollment itself needs. */
export function guards(needs: Needs) {
  const session = requireSession(needs)
  const elevation = requireElevation(needs.now)
  const factorOfRoles = (...roles: readonly string[]): Guard[] => (needs.needsSecondFactor(new Set(roles)) ? [requireSecondFactor] : [])
  const authenticated: Guard[] = [session, ...factorOfRoles()]
  const inRole = (role: string): Guard[] => [session, requireRole(role), ...factorOfRoles(role)]
  return {
    anybody: [attachSession(needs)],
    session: [session],
    elevated: [session, elevation],
    authenticated,
    authenticatedElevated: [...authenticated, elevation],
    role: inRole,
    claim: (name: string, value: ClaimValue): Guard[] => [...authenticated, requireClaim(name, value)],
    elevatedClaim: (name: string, value: ClaimValue): Guard[] => [...authenticated, requireClaim(name, value), elevation],
    admin: inRole(administratorRole),
    elevatedAdmin: [...inRole(administratorRole), elevation],
  }
}

export type Guards = ReturnType<typeof guards>
