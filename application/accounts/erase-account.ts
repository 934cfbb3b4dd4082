import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { removeAdministrator } from '../administration/administer.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'
import { releaseEmail } from './claim-email.ts'

type Erased = { readonly accountId: AccountId; readonly email: BlindIndex }

/** Idempotent, because a start after a crash repeats it. */
export const completeErasure =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, email }: Erased, metadata: Metadata) =>
    pipe(
      needs.crypto.vault.shred(accountId),
      TE.chainW(() => releaseEmail(needs)({ accountId, email }, 'account_erased', metadata)),
      TE.map(() => undefined),
    )

type Erasure = {
  readonly accountId: AccountId
  readonly because: 'requested_by_owner' | 'requested_by_admin'
  readonly actor: AccountId
}

export const eraseAccount =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, because, actor }: Erasure, caller: Caller) => {
    const { journal } = needs
    const metadata = metadataOf(caller, actor)
    return pipe(
      removeAdministrator(needs, { accountId, actor }, caller),
      TE.chainW(() => journal.decide(streams.account(accountId), { type: 'erase', because, at: journal.now() }, metadata)),
      TE.chainW(({ state }) =>
        state.type === 'erased' ? completeErasure(needs)({ accountId, email: state.emailIndex }, metadata) : TE.right(undefined),
      ),
      TE.chainFirstW(() => removeAdministrator(needs, { accountId, actor }, caller)),
    )
  }
