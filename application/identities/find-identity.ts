import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { Introduced } from '../../domain/identity/state.ts'
import { keyAt } from '../../domain/identity/state.ts'
import type { Fingerprint } from '../../domain/kernel/ids.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import { findAccount } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'

export type FoundIdentity = { readonly identity: Introduced; readonly account: Registered }

/** Null unless the identity and its account name each other. Reads as much for a name that nobody has. */
export const findIdentity =
  (needs: Needs<'journal'>) =>
  (fingerprint: Fingerprint): TE.TaskEither<StoreFailure, FoundIdentity | null> => {
    const found = needs.journal.load(streams.identity(fingerprint))
    return pipe(
      found,
      TE.chain(({ state }) =>
        state.type === 'introduced'
          ? pipe(
              findAccount(needs)(state.accountId),
              TE.map((account) => (account?.identities.has(fingerprint) === true ? { identity: state, account } : null)),
            )
          : pipe(
              found,
              TE.map(() => null),
            ),
      ),
    )
  }

/** Whether it is still the key of its identity. True for what was proved without a key. */
export const isCurrentKey =
  ({ journal }: Needs<'journal'>) =>
  (key: UsedKey | null): TE.TaskEither<StoreFailure, boolean> =>
    key === null
      ? TE.right(true)
      : pipe(
          journal.load(streams.identity(key.fingerprint)),
          TE.map(({ state }) => state.type === 'introduced' && keyAt(state, journal.now()).sequence === key.sequence),
        )
