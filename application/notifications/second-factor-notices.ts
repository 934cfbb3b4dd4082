import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Needs } from '../needs.ts'
import type { Notice } from './notice.ts'

type Change = Extract<Notice['type'], 'second_factor_added' | 'second_factor_removed' | 'recovery_codes_replaced'>

/** The change stands even if the mail cannot be sent. */
export function notifyOfFactorChange(needs: Needs<'journal' | 'mail'>, accountId: AccountId, of: Change) {
  return pipe(
    findAccount(needs)(accountId),
    TE.map((account) => (account === null ? undefined : needs.mail.notify(account, { type: of, at: needs.journal.now() }))),
    TE.orElseW(() => TE.right(undefined)),
  )
}
