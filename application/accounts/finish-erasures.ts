import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Needs } from '../needs.ts'
import { completeErasure } from './erase-account.ts'

export type OwedErasure = { readonly accountId: AccountId; readonly emailIndex: BlindIndex | null }

/** Returns how many are still owed. */
export async function finishErasures(needs: Needs<'journal' | 'crypto'>, erasures: readonly OwedErasure[]) {
  const metadata = { actor: 'system', correlationId: needs.journal.newId(), causationId: null }
  let owed = 0
  for (const { accountId, emailIndex } of erasures) {
    if (emailIndex === null) continue
    if (isLeft(await completeErasure(needs)({ accountId, email: emailIndex }, metadata)())) owed += 1
  }
  return owed
}
