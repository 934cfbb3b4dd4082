import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { turnOf } from './hash-turn.ts'

/** Best effort: if it fails, the next login retries. */
export const rehashPassword =
  ({ journal, crypto }: Needs<'journal' | 'crypto'>) =>
  ({ accountId, revision: checkedAt }: Registered, password: string, caller: Caller) =>
    pipe(
      crypto.hasher.hash(password, turnOf(caller, accountId)),
      TE.chainW((hash) => crypto.vault.seal(accountId, 'password_hash', hash)),
      TE.chainW((passwordHash) => {
        const command = { type: 'rehash' as const, passwordHash, checkedAt, at: journal.now() }
        return journal.decide(streams.account(accountId), command, metadataOf(caller, accountId))
      }),
    )
