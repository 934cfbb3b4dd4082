import { viewSession } from '../api/guards/host-session.ts'
import { sessionWorth } from '../application/sessions/session-worth.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { AccountEntry } from '../projections/accounts/account-queries.ts'
import type { ActiveSessionRow } from '../projections/sessions/active-session.ts'
import type { SessionView } from './views.ts'

type Owner = Pick<AccountEntry, 'emailVerified'> & { readonly email: string | null }

export function sessionViews(requiresSecondFactor: (roles: ReadonlySet<string>) => boolean) {
  const { demandOf, attested } = sessionWorth(requiresSecondFactor)
  return {
    isMet: demandOf().isMet,
    viewOf: (session: ActiveSessionRow, { email, emailVerified }: Owner, at: Instant): SessionView => {
      const { id, accountId, ...rest } = viewSession(attested, session, at)
      return { id, accountId, email, emailVerified, ...rest }
    },
  }
}
