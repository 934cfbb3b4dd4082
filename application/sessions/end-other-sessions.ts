import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor, SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSession } from '../../domain/session/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { activeSession } from './grant-session.ts'

/** A session, which stays; a login in progress, as of the account's revision; or an administrator. */
export type Changer = { readonly sessionId: SessionId } | { readonly checkedAt: number } | null

type Change = {
  readonly accountId: AccountId
  readonly actor: Actor
  readonly by: Changer
  readonly because: 'second_factor_enrolled' | 'second_factor_removed'
}

type Loading = Needs<'journal'>

type Kept = ActiveSession | { readonly checkedAt: number } | null

const kept = ({ journal }: Loading, by: Changer): TE.TaskEither<StoreFailure | { type: 'session_not_active' }, Kept> => {
  if (by === null || 'checkedAt' in by) return TE.right(by)
  return pipe(
    journal.load(streams.session(by.sessionId)),
    TE.chainW(({ state }) => activeSession(state)),
  )
}

/** What the kept session proved with the factor goes with it. */
const withdraw = ({ journal }: Loading, keep: Kept, caller: Caller) =>
  keep === null || 'checkedAt' in keep
    ? TE.right(undefined)
    : pipe(
        journal.decide(
          streams.session(keep.sessionId),
          { type: 'withdrawFactor', factor: 'otp', at: journal.now() },
          metadataOf(caller, keep.accountId),
        ),
        TE.map(() => undefined),
      )

/** Runs before the factor changes: after a crash in between, sessions ended needlessly but none is left. */
export const endOtherSessions =
  (needs: Loading) =>
  ({ accountId, by, because, actor }: Change, caller: Caller) =>
    pipe(
      kept(needs, by),
      TE.chainFirstW((keep) => (because === 'second_factor_removed' ? withdraw(needs, keep, caller) : TE.right(undefined))),
      TE.chainW((keep) => {
        const command = { type: 'revokeOtherSessions' as const, because, keep, at: needs.journal.now() }
        return needs.journal.decide(streams.account(accountId), command, metadataOf(caller, actor))
      }),
    )
