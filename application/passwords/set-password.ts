import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { AccountId, type Actor } from '../../domain/kernel/ids.ts'
import { existingAccount, openedAddress } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { hashReplacement, refuseCurrent } from './check-new-password.ts'
import { turnOf } from './hash-turn.ts'

type Setting = {
  readonly accountId: AccountId
  readonly password: string
  readonly actor: Actor
  /** At the next login. */
  readonly mustChange: boolean
  /** Asked after the wait for the hash. Left out for the host app. */
  readonly stillAllowed?: TE.TaskEither<StoreFailure | { type: 'not_an_administrator' }, unknown>
}

/** By somebody else than the owner, whose sessions and mailed links end. A lock stays: nobody proved to be the owner. */
export const setPassword =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ accountId, password, actor, mustChange, stillAllowed = TE.right(undefined) }: Setting, caller: Caller) => {
    const { journal, crypto } = needs
    const turn = turnOf(caller, AccountId.is(actor) ? actor : null)
    return pipe(
      existingAccount(needs)(accountId),
      TE.bindTo('account'),
      TE.bindW('email', ({ account }) => openedAddress(needs, account)),
      TE.bindW('hash', ({ email }) => hashReplacement(needs, accountId, { password, email: email ?? '', turn })),
      TE.chainFirstW(({ account }) => refuseCurrent(needs, account, password, turn)),
      TE.chainFirstW(() => stillAllowed),
      TE.chainW(({ hash }) => crypto.vault.seal(accountId, 'password_hash', hash)),
      TE.chainW((passwordHash) => {
        const command = { type: 'setPassword' as const, passwordHash, mustChange, at: journal.now() }
        return journal.decide(streams.account(accountId), command, metadataOf(caller, actor))
      }),
    )
  }
