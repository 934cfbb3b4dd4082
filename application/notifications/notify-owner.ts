import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { Needs } from '../dependencies.ts'
import {
  type Letter,
  lockedOut,
  loggedInAfterFailures,
  passwordChanged,
  recoveryCodesReplaced,
  secondFactorAdded,
  secondFactorRemoved,
} from './letters.ts'
import type { Notice } from './notice.ts'

const letterOf = (notice: Notice): Letter => {
  switch (notice.type) {
    case 'password_changed':
      return passwordChanged(notice.at)
    case 'second_factor_added':
      return secondFactorAdded(notice.at)
    case 'second_factor_removed':
      return secondFactorRemoved(notice.at)
    case 'recovery_codes_replaced':
      return recoveryCodesReplaced(notice.at)
    case 'locked_out':
      return lockedOut(notice.at, notice.until)
    case 'log_in_after_failures':
      return loggedInAfterFailures(notice.at, notice.failures)
  }
}

/** Tells the owner. A nicety beside the record: nobody waits for it, and a mail server that is down loses it. */
export const tellOwner =
  ({ vault, sendMail }: Needs<'vault' | 'sendMail'>) =>
  ({ email }: Pick<Registered, 'email'>, notice: Notice) =>
    pipe(
      vault.unseal('email', email),
      TE.chainW((to) => sendMail({ to, ...letterOf(notice) })),
    )
