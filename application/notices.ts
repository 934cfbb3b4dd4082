import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../domain/account/state.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { Needs } from './dependencies.ts'
import {
  type Letter,
  lockedOut,
  loggedInAfterFailures,
  passwordChanged,
  recoveryCodesReplaced,
  secondFactorAdded,
  secondFactorRemoved,
} from './mails.ts'

/** What the owner of an account is told of by mail, because it may not have been them. */
export type Notice =
  | { readonly of: 'password_changed' | 'second_factor_added' | 'second_factor_removed' | 'recovery_codes_replaced'; readonly at: Instant }
  | { readonly of: 'locked_out'; readonly at: Instant; readonly until: Instant }
  | { readonly of: 'log_in_after_failures'; readonly at: Instant; readonly failures: number }

const letterOf = (notice: Notice): Letter => {
  switch (notice.of) {
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

/** Tells the owner. A nicety beside the record: nobody waits for it, and a crash may lose it. */
export const tellOwner =
  ({ vault, sendMail }: Needs<'vault' | 'sendMail'>) =>
  ({ email }: Pick<Registered, 'email'>, notice: Notice) =>
    pipe(
      vault.unseal('email', email),
      TE.chainW((to) => sendMail({ to, ...letterOf(notice) })),
    )
