import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { AccountQueries } from '../../projections/accounts/account-queries.ts'
import type { Dependencies } from '../dependencies.ts'
import { completeErasure } from './erase-account.ts'

/** Finishes what an interrupted erasure still owed. Answers how many were left undone. */
export async function finishErasures(dependencies: Dependencies, { erasures }: AccountQueries) {
  const metadata = { actor: 'system', correlationId: dependencies.newId(), causationId: null }
  let undone = 0
  for (const { accountId, emailIndex } of erasures()) {
    if (emailIndex === null) continue
    const owed = { accountId: accountId as AccountId, email: emailIndex as BlindIndex }
    if (isLeft(await completeErasure(dependencies)(owed, metadata)())) undone += 1
  }
  return undone
}
