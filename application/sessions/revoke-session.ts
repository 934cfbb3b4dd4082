import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

type Revocation = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly because: 'logged_out' | 'revoked_by_owner' | 'revoked_by_admin' | 'revoked_by_host'
  /** The account itself by default. */
  readonly actor?: Actor
}

/** A session of somebody else is refused like one that never existed. */
export const revokeSession =
  ({ journal }: Needs<'journal'>) =>
  ({ sessionId, accountId, because, actor = accountId }: Revocation, caller: Caller) => {
    const stream = streams.session(sessionId)
    return pipe(
      journal.load(stream),
      TE.filterOrElseW(
        ({ state }) => state.type !== 'absent' && state.accountId === accountId,
        () => ({ type: 'no_such_session' as const }),
      ),
      TE.chainW(() => journal.decide(stream, { type: 'revoke', because, at: journal.now() }, metadataOf(caller, actor))),
    )
  }

type HostRevocation = {
  readonly sessionId: SessionId
  readonly actor: Actor
  readonly because: (accountId: AccountId) => Revocation['because']
}

/** Of whichever account. */
export const revokeByHost =
  ({ journal }: Needs<'journal'>) =>
  ({ sessionId, actor, because }: HostRevocation, caller: Caller) =>
    pipe(
      journal.load(streams.session(sessionId)),
      TE.chainW(({ state }) =>
        state.type === 'absent'
          ? TE.left({ type: 'no_such_session' as const })
          : revokeSession({ journal })({ sessionId, accountId: state.accountId, because: because(state.accountId), actor }, caller),
      ),
    )

type RevocationOfAll = {
  readonly accountId: AccountId
  readonly because: 'logged_out_everywhere' | 'revoked_by_admin' | 'revoked_by_host'
  readonly actor: Actor
}

/** One event, however many there are. */
export const revokeAllSessions =
  ({ journal }: Needs<'journal'>) =>
  ({ accountId, because, actor }: RevocationOfAll, caller: Caller) =>
    journal.decide(streams.account(accountId), { type: 'revokeSessions', because, at: journal.now() }, metadataOf(caller, actor))
