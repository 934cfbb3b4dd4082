import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** Null if there is none or it was erased. */
export const findAccount =
  ({ journal }: Needs<'journal'>) =>
  (accountId: AccountId) =>
    pipe(
      journal.load(streams.account(accountId)),
      TE.map(({ state }): Registered | null => (state.type === 'active' || state.type === 'disabled' ? state : null)),
    )

/** A claimant may have another address: before a change of the address, or just after it. Reads for unknown addresses too, so that they cost as much time. */
export const findAccountByEmail = (needs: Needs<'journal'>) => (email: BlindIndex) => {
  const claim = needs.journal.load(streams.emailClaim(email))
  return pipe(
    claim,
    TE.chain(({ state }) =>
      state.type === 'claimed'
        ? pipe(
            findAccount(needs)(state.by),
            TE.map((account) => (account?.emailIndex === email ? account : null)),
          )
        : pipe(
            claim,
            TE.map((): Registered | null => null),
          ),
    ),
  )
}

export const existingAccount = (needs: Needs<'journal'>) => (accountId: AccountId) =>
  pipe(
    findAccount(needs)(accountId),
    TE.chainW((account) => (account === null ? TE.left({ type: 'no_such_account' as const }) : TE.right(account))),
  )
