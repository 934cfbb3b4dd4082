import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** Looked up for unknown addresses, so that they cost as much time as known ones. */
const nobody = '00000000-0000-0000-0000-000000000000' as AccountId

/** Null if there is none or it was erased. */
export const findAccount =
  ({ journal }: Needs<'journal'>) =>
  (accountId: AccountId) =>
    pipe(
      journal.load(streams.account(accountId)),
      TE.map(({ state }): Registered | null => (state.type === 'active' || state.type === 'disabled' ? state : null)),
    )

export const findAccountByEmail = (needs: Needs<'journal'>) => (email: BlindIndex) =>
  pipe(
    needs.journal.load(streams.emailClaim(email)),
    TE.chain(({ state }) => findAccount(needs)(state.type === 'claimed' ? state.by : nobody)),
  )

export const existingAccount = (needs: Needs<'journal'>) => (accountId: AccountId) =>
  pipe(
    findAccount(needs)(accountId),
    TE.chainW((account) => (account === null ? TE.left({ type: 'no_such_account' as const }) : TE.right(account))),
  )
