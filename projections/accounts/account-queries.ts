import type { Database } from 'better-sqlite3'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { idBytes, idText } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import { accounts as model } from './accounts.ts'

/** `email` is `null` for an account without one, and once it is erased. */
export type AccountEntry = {
  readonly accountId: AccountId
  readonly status: 'active' | 'disabled' | 'erased'
  readonly email: Sealed | null
  readonly emailVerified: boolean
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly registeredAt: Instant
  readonly lastLoginAt: Instant | null
}

export type AccountPage = { readonly accounts: readonly AccountEntry[]; readonly next: number | null }

export type AccountQueries = {
  readonly byId: (accountId: string) => AccountEntry | undefined
  readonly byEmailIndex: (emailIndex: string) => AccountEntry | undefined
  readonly page: (options: { readonly after?: number | undefined; readonly limit: number }) => AccountPage
  /** Erased accounts whose email address is not released yet, or whose key is not retired. */
  readonly erasures: () => readonly { readonly accountId: AccountId }[]
  /** Addresses whose claimant does not have them: a change of address is under way, or was interrupted. */
  readonly heldEmails: () => readonly { readonly accountId: AccountId; readonly email: BlindIndex }[]
}

type Row = {
  number: number
  id: Buffer
  status: AccountEntry['status']
  email: Sealed | null
  email_verified: number
  roles: string
  claims: string
  registered_at: Instant
  last_login_at: Instant | null
}

const accountEntry = ({ id, status, email, email_verified, roles, claims, registered_at, last_login_at }: Row): AccountEntry => ({
  accountId: idText(id) as AccountId,
  status,
  email,
  emailVerified: email_verified === 1,
  roles: JSON.parse(roles),
  claims: JSON.parse(claims),
  registeredAt: registered_at,
  lastLoginAt: last_login_at,
})

export function accountQueries(db: Database): AccountQueries {
  const { accounts, erasures, held_emails } = physicalTables(model)
  const columns = 'number, id, status, email, email_verified, roles, claims, registered_at, last_login_at'
  const byId = db.prepare<[Buffer], Row>(`SELECT ${columns} FROM ${accounts} WHERE id = ?`)
  const byEmailIndex = db.prepare<[string], Row>(`SELECT ${columns} FROM ${accounts} WHERE email_index = ?`)
  const page = db.prepare<[number, number], Row>(`SELECT ${columns} FROM ${accounts} WHERE number > ? ORDER BY number LIMIT ?`)
  const owed = db.prepare<[], { id: Buffer }>(`SELECT id FROM ${erasures}`)
  const held = db.prepare<[], { id: Buffer; email_index: BlindIndex }>(`SELECT id, email_index FROM ${held_emails}`)
  return {
    byId: (accountId) => {
      const row = byId.get(idBytes(accountId))
      return row && accountEntry(row)
    },
    byEmailIndex: (emailIndex) => {
      const row = byEmailIndex.get(emailIndex)
      return row && accountEntry(row)
    },
    page: ({ after = 0, limit }) => {
      const rows = page.all(after, limit + 1)
      const shown = rows.slice(0, limit)
      return { accounts: shown.map(accountEntry), next: rows.length > limit ? (shown.at(-1)?.number ?? null) : null }
    },
    heldEmails: () => held.all().map(({ id, email_index }) => ({ accountId: idText(id) as AccountId, email: email_index })),
    erasures: () => owed.all().map(({ id }) => ({ accountId: idText(id) as AccountId })),
  }
}
