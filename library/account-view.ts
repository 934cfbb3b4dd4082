import type { AccountStatus } from '../application/administration/account-status.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { AccountEntry } from '../projections/accounts/account-queries.ts'
import type { HostNeeds } from './host-needs.ts'
import { openedEmail } from './opened-email.ts'
import type { AccountDetailsView, AccountView } from './views.ts'

const dateOf = (at: Instant | null) => (at === null ? null : new Date(at))

export async function accountView(needs: HostNeeds, entry: AccountEntry): Promise<AccountView> {
  const { accountId, email, emailVerified, status, roles, claims, registeredAt, lastLoginAt } = entry
  return {
    id: accountId,
    email: await openedEmail(needs, email),
    emailVerified,
    status,
    roles: [...roles],
    claims: { ...claims },
    registeredAt: new Date(registeredAt),
    lastLoginAt: dateOf(lastLoginAt),
  }
}

export function withStatus(account: AccountView, status: AccountStatus, profile: unknown): AccountDetailsView {
  const { secondFactor, lockedUntil, codesLockedUntil, ...flags } = status
  return {
    ...account,
    profile,
    ...flags,
    lockedUntil: dateOf(lockedUntil),
    codesLockedUntil: dateOf(codesLockedUntil),
    secondFactor: { ...secondFactor, confirmedAt: dateOf(secondFactor.confirmedAt) },
  }
}
