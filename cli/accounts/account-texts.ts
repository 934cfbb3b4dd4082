import { columns, fields } from '../operator/columns.ts'

/** As JSON brings it: times are ISO 8601. */
export type ListedAccount = {
  readonly id: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly status: string
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
  readonly registeredAt: string
  readonly lastLoginAt: string | null
}

export type ShownAccount = ListedAccount & {
  readonly invited: boolean
  readonly lockedUntil: string | null
  readonly codesLockedUntil: string | null
  readonly codeEntryEnded: boolean
  readonly secondFactor: { readonly enrolled: boolean; readonly required: boolean; readonly recoveryCodesLeft: number }
}

export type ListedSession = {
  readonly id: string
  readonly grantedAt: string
  readonly lastSeenAt: string
  readonly expiresAt: string
  readonly factors: readonly string[]
  readonly address: string | null
  readonly device: { readonly browser: string | null; readonly os: string | null }
}

const listed = (names: readonly string[]) => (names.length === 0 ? null : names.join(','))

export function accountsTable(accounts: readonly ListedAccount[]) {
  const rows = accounts.map(({ id, email, status, roles, registeredAt, lastLoginAt }) => [
    id,
    email,
    status,
    listed(roles),
    registeredAt,
    lastLoginAt,
  ])
  return columns(['id', 'email', 'status', 'roles', 'registered', 'last login'], rows)
}

const factorText = ({ enrolled, required, recoveryCodesLeft }: ShownAccount['secondFactor']) => {
  if (enrolled) return `enrolled, ${recoveryCodesLeft} recovery codes left`
  return required ? 'required, not enrolled' : 'none'
}

export function accountFields(account: ShownAccount) {
  const { id, email, emailVerified, status, invited, roles, claims, registeredAt, lastLoginAt } = account
  return fields({
    id,
    email,
    'email verified': emailVerified,
    status: invited ? `${status}, invited` : status,
    roles: listed(roles),
    claims: listed(Object.entries(claims).map(([name, value]) => `${name}=${JSON.stringify(value)}`)),
    'second factor': factorText(account.secondFactor),
    'locked until': account.lockedUntil,
    'codes locked until': account.codeEntryEnded ? 'a recovery code is used' : account.codesLockedUntil,
    registered: registeredAt,
    'last login': lastLoginAt,
  })
}

export function sessionsTable(sessions: readonly ListedSession[]) {
  const rows = sessions.map(({ id, grantedAt, lastSeenAt, expiresAt, factors, address }) => [
    id,
    grantedAt,
    lastSeenAt,
    expiresAt,
    listed(factors),
    address,
  ])
  return columns(['id', 'granted', 'last seen', 'expires', 'factors', 'address'], rows)
}
