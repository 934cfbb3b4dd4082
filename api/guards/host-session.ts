import type { sessionWorth } from '../../application/sessions/session-worth.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { ActiveSessionRow } from '../../projections/sessions/active-session.ts'
import { isAuthenticated, sessionOf } from './guarded-session.ts'
import type { HostRequest } from './host-app.ts'

/** A session in plain JSON. Roles, claims and the elevation are those that the guards would accept, after the second factor they require. */
export type HostSession = {
  readonly id: string
  readonly accountId: string
  readonly roles: string[]
  readonly claims: Record<string, ClaimValue>
  /** `pwd`, `otp` (RFC 8176) and `host`, for a session that the host app began. */
  readonly factors: string[]
  readonly elevatedUntil: Date | null
  readonly grantedAt: Date
  readonly idleExpiresAt: Date
  /** However busy it is. */
  readonly expiresAt: Date
}

export type ViewSession = (session: ActiveSessionRow) => HostSession

/** Copies all: what a host app does to one reaches no other request. */
export function viewSession(attested: ReturnType<typeof sessionWorth>['attested'], session: ActiveSessionRow, at: Instant): HostSession {
  const { roles, claims, elevatedUntil } = attested(session, at)
  return {
    id: session.sessionId,
    accountId: session.accountId,
    roles,
    claims,
    factors: [...session.factors],
    elevatedUntil: elevatedUntil === null ? null : new Date(elevatedUntil),
    grantedAt: new Date(session.grantedAt),
    idleExpiresAt: new Date(session.idleExpiresAt),
    expiresAt: new Date(session.expiresAt),
  }
}

const attached = Symbol('gatebook.view')

type Viewed = HostRequest & { [attached]?: ViewSession }

export function attachView(request: Viewed, view: ViewSession): void {
  request[attached] = view
}

/** Throws on a route without a session guard. */
export function hostSession(request: HostRequest): HostSession {
  const session = sessionOf(request)
  const view = (request as Viewed)[attached]
  if (view === undefined) throw new Error('this route has no session guard')
  return view(session)
}

/** Behind `guard.optional`: `null` where nobody is logged in. Otherwise as `sessionOf`. */
export function optionalHostSession(request: HostRequest): HostSession | null {
  return isAuthenticated(request) ? hostSession(request) : null
}
