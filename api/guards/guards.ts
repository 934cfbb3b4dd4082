import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/roster/decider.ts'
import type { Guard } from '../edge/route.ts'
import { requireClaim, requireElevation, requireRole, requireSecondFactor } from './require-more.ts'
import { requireSession, type SessionGuardNeeds } from './require-session.ts'

/** What a route asks of its caller, each list in the order in which it is checked. */
export const guards = (needs: SessionGuardNeeds & { readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean }) => {
  const inRole = (role: string): Guard[] =>
    needs.needsSecondFactor(new Set([role])) ? [requireRole(role), requireSecondFactor] : [requireRole(role)]
  const session = requireSession(needs)
  const elevation = requireElevation(needs.now)
  return {
    session: [session],
    role: (role: string): Guard[] => [session, ...inRole(role)],
    claim: (name: string, value: ClaimValue): Guard[] => [session, requireClaim(name, value)],
    elevated: [session, elevation],
    elevatedClaim: (name: string, value: ClaimValue): Guard[] => [session, requireClaim(name, value), elevation],
    admin: [session, ...inRole(administratorRole)],
    elevatedAdmin: [session, ...inRole(administratorRole), elevation],
  }
}

export type Guards = ReturnType<typeof guards>
