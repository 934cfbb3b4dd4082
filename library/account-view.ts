import type { AccountStatus } from '../application/administration/account-status.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { AccountEntry } from '../projections/accounts/account-queries.ts'
import type { HostNeeds } from './host-needs.ts'
import { openedEmail } from './opened-email.ts'

export type AccountView = {
  readonly id: string
  /** `null` once the account is erased. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly status: 'active' | 'disabled' | 'erased'
  readonly roles: string[]
  readonly claims: Record<string, ClaimValue>
  readonly registeredAt: Date
  readonly lastLoginAt: Date | null
}

export type AccountDetailsView = AccountView & {
  /** No password is chosen yet. */
  readonly invited: boolean
  readonly lockedUntil: Date | null
  readonly codesLockedUntil: Date | null
  /** Only a recovery code is accepted. */
  readonly codeEntryEnded: boolean
  readonly secondFactor: {
    readonly enrolled: boolean
    readonly required: boolean
    readonly confirmedAt: Date | null
    readonly recoveryCodesLeft: number
  }
}

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

export function withStatus(account: AccountView, status: AccountStatus): AccountDetailsView {
  const { secondFactor, lockedUntil, codesLockedUntil, ...flags } = status
  return {
    ...account,
    ...flags,
    lockedUntil: dateOf(lockedUntil),
    codesLockedUntil: dateOf(codesLockedUntil),
    secondFactor: { ...secondFactor, confirmedAt: dateOf(secondFactor.confirmedAt) },
  }
}
