import { exportReceipt } from '../../application/proofs/export-receipt.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { HistoryEntry } from '../../projections/audit/account-history.ts'
import { asOwnEntry } from '../audit/audit-shapes.ts'
import type { Context } from '../context.ts'
import { opened } from '../sessions/list-sessions.ts'
import { ExportedEntry } from './export-shape.ts'

type Crypto = Pick<Context['crypto'], 'vault' | 'derive'>

/** Opens only what was sealed for the person who asks. */
export async function exportedEntry(
  { crypto }: { readonly crypto: Crypto },
  accountId: AccountId,
  { personal, leaf, ...entry }: HistoryEntry,
) {
  const open = async (purpose: 'email' | 'address' | 'user_agent' | 'profile', sealed: string | null) =>
    sealed?.startsWith(`${accountId}.`) === true ? opened({ crypto }, purpose, sealed) : null
  const { email, replacedEmail, ipAddress, userAgent, profile } = personal
  return ExportedEntry.encode({
    ...asOwnEntry(entry),
    receipt: exportReceipt(crypto.derive, leaf),
    ...(email === undefined ? {} : { email: await open('email', email) }),
    ...(replacedEmail === undefined ? {} : { replacedEmail: await open('email', replacedEmail) }),
    ...(ipAddress === undefined ? {} : { address: await open('address', ipAddress) }),
    ...(userAgent === undefined ? {} : { userAgent: await open('user_agent', userAgent) }),
    ...(profile === undefined ? {} : { profile: JSON.parse((await open('profile', profile)) ?? 'null') as unknown }),
  })
}
