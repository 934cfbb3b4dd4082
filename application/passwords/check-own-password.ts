import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { PasswordPurpose } from '../../domain/login/events.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../dependencies.ts'
import { checkPassword } from './check-password.ts'

/** The password of somebody who is logged in already; counted against the same budget as a log-in. */
export const checkOwnPassword =
  (needs: Needs<'load' | 'handle' | 'aggregates' | 'now' | 'newId' | 'vault' | 'indexNetwork' | 'hasher' | 'noteRefusal' | 'notify'>) =>
  (accountId: AccountId, password: string, purpose: PasswordPurpose, caller: Caller) =>
    pipe(
      findAccount(needs)(accountId),
      TE.chainW((account) => (account === null ? TE.left({ type: 'invalid_credentials' as const }) : TE.right(account))),
      TE.chainW((account) => checkPassword(needs)({ identifier: account.emailIndex, account, password, purpose }, caller)),
    )
