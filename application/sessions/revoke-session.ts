import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { accountStream, sessionStream } from '../../domain/kernel/streams.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'

type Own = { readonly sessionId: SessionId; readonly accountId: AccountId }

/** Ends one session of the account's own; one that is somebody else's is as absent as one that never was. */
export const revokeSession =
  ({ load, handle, aggregates, now }: Needs<'load' | 'handle' | 'aggregates' | 'now'>) =>
  ({ sessionId, accountId }: Own, because: 'logged_out' | 'revoked_by_owner', caller: Caller) => {
    const stream = sessionStream(sessionId)
    return pipe(
      load(aggregates.session, stream),
      TE.filterOrElseW(
        ({ state }) => state.type !== 'absent' && state.accountId === accountId,
        () => ({ type: 'no_such_session' as const }),
      ),
      TE.chainW(() => handle(aggregates.session, stream, { type: 'revoke', because, at: now() }, metadataOf(caller, accountId))),
    )
  }

/** Ends every session of the account with one event, however many there are. */
export const revokeAllSessions =
  ({ handle, aggregates, now }: Needs<'handle' | 'aggregates' | 'now'>) =>
  (accountId: AccountId, because: 'logged_out_everywhere' | 'revoked_by_admin', actor: AccountId, caller: Caller) =>
    handle(aggregates.account, accountStream(accountId), { type: 'revokeSessions', because, at: now() }, metadataOf(caller, actor))
