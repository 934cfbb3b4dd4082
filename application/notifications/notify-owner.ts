import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { Needs } from '../dependencies.ts'
import {
  type Letter,
  lockedOutLetter,
  loginAfterFailuresLetter,
  passwordChangedLetter,
  recoveryCodesReplacedLetter,
  secondFactorAddedLetter,
  secondFactorRemovedLetter,
} from './letters.ts'
import type { Notice } from './notice.ts'

const letterOf = (notice: Notice): Letter => {
  switch (notice.type) {
    case 'password_changed':
      return passwordChangedLetter(notice.at)
    case 'second_factor_added':
      return secondFactorAddedLetter(notice.at)
    case 'second_factor_removed':
      return secondFactorRemovedLetter(notice.at)
    case 'recovery_codes_replaced':
      return recoveryCodesReplacedLetter(notice.at)
    case 'locked_out':
      return lockedOutLetter(notice.at, notice.until)
    case 'log_in_after_failures':
      return loginAfterFailuresLetter(notice.at, notice.failures)
  }
}

/** Tells the owner. A nicety beside the record: nobody waits for it, and a mail server that is down loses it. */
export const notifyOwner =
  ({ vault, sendMail }: Needs<'vault' | 'sendMail'>) =>
  ({ email }: Pick<Registered, 'email'>, notice: Notice) =>
    pipe(
      vault.unseal('email', email),
      TE.chainW((to) => sendMail({ to, ...letterOf(notice) })),
    )
