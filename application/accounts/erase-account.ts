import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { accountStream } from '../../domain/kernel/streams.ts'
import { removeAdministrator } from '../administration/administer.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'
import type { Metadata } from '../ports/event-store.ts'
import { releaseEmail } from './claim-email.ts'

type Erased = { readonly accountId: AccountId; readonly email: BlindIndex }

/**
 * What must follow from AccountErased: the person's key goes, then the address is free again. Idempotent; whatever a crash left undone is on
 * the read models' list of erasures and done at the next start.
 */
export const completeErasure =
  (needs: Needs<'vault' | 'handle' | 'aggregates' | 'now'>) =>
  ({ accountId, email }: Erased, metadata: Metadata) =>
    pipe(
      needs.vault.shred(accountId),
      TE.chainW(() => releaseEmail(needs)({ accountId, email }, 'account_erased', metadata)),
      TE.map(() => undefined),
    )

export const eraseAccount =
  (needs: Needs<'vault' | 'load' | 'handle' | 'aggregates' | 'now'>) =>
  (accountId: AccountId, because: 'requested_by_owner' | 'requested_by_admin', actor: AccountId, caller: Caller) => {
    const { handle, aggregates, now } = needs
    const metadata = metadataOf(caller, actor)
    return pipe(
      removeAdministrator(needs, accountId, actor, caller),
      TE.chainW(() => handle(aggregates.account, accountStream(accountId), { type: 'erase', because, at: now() }, metadata)),
      TE.chainW(({ state }) =>
        state.type === 'erased' ? completeErasure(needs)({ accountId, email: state.emailIndex }, metadata) : TE.right(undefined),
      ),
      TE.chainFirstW(() => removeAdministrator(needs, accountId, actor, caller)),
    )
  }
