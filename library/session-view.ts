import { sessionWorth } from '../application/sessions/session-worth.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { AccountEntry } from '../projections/accounts/account-queries.ts'
import type { ActiveSessionRow } from '../projections/sessions/active-session.ts'

/** Who is logged in, in plain JSON. Roles and the elevation are those that the guards would accept, after the second factor they require. */
export type SessionView = {
  readonly id: string
  readonly accountId: string
  readonly email: string
  readonly emailVerified: boolean
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

type Owner = Pick<AccountEntry, 'emailVerified'> & { readonly email: string }

export function sessionViews(requiresSecondFactor: (roles: ReadonlySet<string>) => boolean) {
  const { demandOf, attested } = sessionWorth(requiresSecondFactor)
  return {
    isMet: demandOf().isMet,
    viewOf: (session: ActiveSessionRow, { email, emailVerified }: Owner, at: Instant): SessionView => {
      const { roles, claims, elevatedUntil } = attested(session, at)
      return {
        id: session.sessionId,
        accountId: session.accountId,
        email,
        emailVerified,
        roles: [...roles],
        claims: { ...claims },
        factors: [...session.factors],
        elevatedUntil: elevatedUntil === null ? null : new Date(elevatedUntil),
        grantedAt: new Date(session.grantedAt),
        idleExpiresAt: new Date(session.idleExpiresAt),
        expiresAt: new Date(session.expiresAt),
      }
    },
  }
}
