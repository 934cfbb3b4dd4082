import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { loginIndexesOf, type Registered } from '../../domain/account/state.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** The owner has proved more than a password, so the guesses of others no longer lock them out. */
export const unlockLogin =
  ({ journal }: Needs<'journal'>) =>
  (account: Registered, caller: Caller) =>
    pipe(
      loginIndexesOf(account),
      TE.traverseSeqArray((index) => {
        const { accountId } = account
        return journal.decide(streams.login(index), { type: 'unlock', by: accountId, at: journal.now() }, metadataOf(caller, accountId))
      }),
      TE.map(() => undefined),
    )
