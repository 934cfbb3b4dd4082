import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { hashNewPassword, type NewPassword } from '../accounts/register-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { HashTurn } from '../ports/hasher.ts'
import { currentHash, externalPassword } from './current-hash.ts'

const unchanged = { type: 'password_rejected' as const, reason: 'unchanged' as const }

/** Compared in the form that is hashed. */
export function refuseUnchanged(newPassword: string, currentPassword: string) {
  return newPassword.normalize('NFC') === currentPassword.normalize('NFC') ? TE.left(unchanged) : TE.right(undefined)
}

/** Where the current password is not known, its hash is. A former system is not told the new password. */
export function refuseCurrent(needs: Needs<'crypto'>, account: Registered, newPassword: string, turn: HashTurn) {
  return pipe(
    currentHash(needs, account),
    TE.bindTo('hash'),
    TE.bindW('slot', () => TE.fromEither(needs.crypto.hasher.reserve(turn))),
    TE.chainW(({ hash, slot }) =>
      TE.fromTask(() =>
        slot
          .verify(newPassword, hash === externalPassword ? null : hash)()
          .finally(slot.release),
      ),
    ),
    TE.chainW(({ matched }) => (matched ? TE.left(unchanged) : TE.right(undefined))),
  )
}

/** With a second factor enrolled, a shorter one is enough. */
export function hashReplacement(
  needs: Needs<'journal' | 'crypto' | 'policy'>,
  accountId: AccountId,
  replacement: Omit<NewPassword, 'hasSecondFactor'>,
) {
  return pipe(
    needs.journal.load(streams.secondFactor(accountId)),
    TE.chainW(({ state }) => hashNewPassword(needs, { ...replacement, hasSecondFactor: state.factor.type === 'active' })),
  )
}
