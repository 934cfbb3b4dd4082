import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { PasswordPurpose } from '../../domain/login/events.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'
import { checkPassword } from './check-password.ts'

type OwnPassword = { readonly accountId: AccountId; readonly password: string; readonly purpose: PasswordPurpose }

/** Counted against the same budget as a login. */
export const checkOwnPassword =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  ({ accountId, password, purpose }: OwnPassword, caller: Caller) =>
    pipe(
      findAccount(needs)(accountId),
      TE.chainW((account) => (account === null ? TE.left({ type: 'invalid_credentials' as const }) : TE.right(account))),
      TE.chainW((account) => checkPassword(needs)({ identifier: account.emailIndex, account, password, purpose }, caller)),
    )
