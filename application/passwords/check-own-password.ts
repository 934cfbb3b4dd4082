import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { ReauthenticationPurpose } from '../../domain/session/events.ts'
import { findAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'
import type { HashSlot } from '../ports/hasher.ts'
import { reauthenticate } from '../sessions/reauthenticate.ts'
import { currentHash } from './current-hash.ts'
import { turnOf } from './hash-turn.ts'
import { verifyPassword } from './verify-password.ts'

type OwnPassword = {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly password: string
  readonly purpose: ReauthenticationPurpose
}

const verify = (needs: Needs<'crypto' | 'policy'>, slot: HashSlot, account: Registered, password: string) =>
  pipe(
    currentHash(needs, account),
    TE.chainW((hash) => verifyPassword(needs)(slot, { account, hash, password })),
    TE.chainW(({ matched }) =>
      matched && account.type === 'active' ? TE.right({ account }) : TE.left({ type: 'invalid_credentials' as const }),
    ),
  )

/** Counts against the session that asks, so that those who guess elsewhere cost it nothing. */
export const checkOwnPassword =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ accountId, sessionId, password, purpose }: OwnPassword, caller: Caller) =>
    pipe(
      findAccount(needs)(accountId),
      TE.chainW((account) => (account === null ? TE.left({ type: 'invalid_credentials' as const }) : TE.right(account))),
      TE.bindTo('account'),
      TE.bindW('slot', () => TE.fromIOEither(() => needs.crypto.hasher.reserve(turnOf(caller, accountId)))),
      TE.chainW(({ account, slot }) => {
        const checked = reauthenticate(needs)({ sessionId, purpose }, caller)(verify(needs, slot, account, password))
        return () => checked().finally(slot.release)
      }),
    )
