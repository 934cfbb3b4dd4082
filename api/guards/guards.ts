import { type Demand, sessionWorth } from '../../application/sessions/session-worth.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { Guard } from '../http/route.ts'
import { attachSession, requireSession, type SessionGuardNeeds } from './require-session.ts'
import { requireClaim, requireElevation, requireRole, requireSecondFactor } from './requirements.ts'

type Needs = SessionGuardNeeds & { readonly needsSecondFactor: (roles: ReadonlySet<string>) => boolean }

/** `anybody` knows a session that is there. `session` and `elevated` also let in a caller who must still enroll a second factor, which enrollment itself needs. */
export function guards(needs: Needs) {
  const session = requireSession(needs)
  const { demandOf, elevation } = sessionWorth(needs.needsSecondFactor)
  const met = (demand: Demand): Guard[] => (demand === elevation ? [] : [requireSecondFactor(demand)])
  const elevated = (demand: Demand) => requireElevation(demand, needs.now)
  const ofAnybody = demandOf()
  const authenticated: Guard[] = [session, ...met(ofAnybody)]
  const inRole = (role: string): Guard[] => [session, requireRole(role), ...met(demandOf(role))]
  return {
    anybody: [attachSession(needs)],
    session: [session],
    elevated: [session, elevated(elevation)],
    authenticated,
    authenticatedElevated: [...authenticated, elevated(ofAnybody)],
    role: inRole,
    claim: (name: string, value: ClaimValue): Guard[] => [...authenticated, requireClaim(name, value)],
    elevatedClaim: (name: string, value: ClaimValue): Guard[] => [...authenticated, requireClaim(name, value), elevated(ofAnybody)],
    admin: inRole(administratorRole),
    elevatedAdmin: [...inRole(administratorRole), elevated(demandOf(administratorRole))],
  }
}

export type Guards = ReturnType<typeof guards>
