import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { accountStream } from '../../domain/kernel/streams.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'

/** Brings the hash of a password just proven right up to today's cost. A nicety: if it fails, the next log-in tries again. */
export const rehashPassword =
  ({ hasher, vault, handle, aggregates, now }: Needs<'hasher' | 'vault' | 'handle' | 'aggregates' | 'now'>) =>
  ({ accountId, revision: checkedAt }: Registered, password: string, caller: Caller) =>
    pipe(
      hasher.hash(password),
      TE.chainW((hash) => vault.seal(accountId, 'password_hash', hash)),
      TE.chainW((passwordHash) => {
        const command = { type: 'rehash' as const, passwordHash, checkedAt, at: now() }
        return handle(aggregates.account, accountStream(accountId), command, metadataOf(caller, accountId))
      }),
    )
