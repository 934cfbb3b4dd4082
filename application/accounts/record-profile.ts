import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { existingAccount } from './find-account.ts'

type Recorded = { readonly accountId: AccountId; readonly profile: string; readonly actor: Actor }

/** The account first: sealing would make a key for anybody. */
export const recordProfile =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, profile, actor }: Recorded, caller: Caller) =>
    pipe(
      existingAccount(needs)(accountId),
      TE.chainW(() => needs.crypto.vault.seal(accountId, 'profile', profile)),
      TE.chainW((sealed) => {
        const command = { type: 'recordProfile' as const, profile: sealed, at: needs.journal.now() }
        return needs.journal.decide(streams.account(accountId), command, metadataOf(caller, actor))
      }),
    )
