import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { loginIndexesOf, type Registered } from '../../domain/account/state.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { KeyShredded } from '../ports/vault.ts'

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

/** Whose logins are counted under it. A stream of signatures names the account, which must still have that key. */
export const findLoginOwner = (needs: Needs<'journal'>) => (loginIndex: BlindIndex) =>
  pipe(
    findAccountByEmail(needs)(loginIndex),
    TE.bindTo('byEmail'),
    TE.bind('login', () => needs.journal.load(streams.login(loginIndex))),
    TE.chain(({ byEmail, login: { state } }) => {
      if (byEmail !== null || state.keyOwner === null) return TE.right(byEmail)
      return pipe(
        findAccount(needs)(state.keyOwner),
        TE.map((account) => (account !== null && loginIndexesOf(account).includes(loginIndex) ? account : null)),
      )
    }),
  )

/** Null for an account without one. */
export function openedAddress(
  { crypto }: Needs<'crypto'>,
  { email }: Pick<Registered, 'email'>,
): TE.TaskEither<StoreFailure | KeyShredded, string | null> {
  return email === null ? TE.right(null) : crypto.vault.unseal('email', email)
}
