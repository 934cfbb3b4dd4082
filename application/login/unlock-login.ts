import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { findAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** The owner has proved more than a password, so the guesses of others no longer lock them out. */
export const unlockLogin = (needs: Needs<'journal'>) => (accountId: AccountId, caller: Caller) =>
  pipe(
    findAccount(needs)(accountId),
    TE.chainW((account) =>
      account === null
        ? TE.right(undefined)
        : pipe(
            needs.journal.decide(
              streams.login(account.emailIndex),
              { type: 'unlock', by: accountId, at: needs.journal.now() },
              metadataOf(caller, accountId),
            ),
            TE.map(() => undefined),
          ),
    ),
  )
