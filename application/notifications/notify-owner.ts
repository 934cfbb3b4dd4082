import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { Needs } from '../needs.ts'
import { type Letter, letters } from './letters.ts'
import type { Notice } from './notice.ts'

const letterOf = (notice: Notice): Letter => {
  switch (notice.type) {
    case 'password_changed':
      return letters.passwordChanged(notice.at)
    case 'second_factor_added':
      return letters.secondFactorAdded(notice.at)
    case 'second_factor_removed':
      return letters.secondFactorRemoved(notice.at)
    case 'recovery_codes_replaced':
      return letters.recoveryCodesReplaced(notice.at)
    case 'locked_out':
      return letters.lockedOut(notice.at, notice.until)
    case 'log_in_after_failures':
      return letters.loginAfterFailures(notice.at, notice.failures)
  }
}

/** Best effort: nobody waits for it, and it is lost if the mail server is down. */
export const notifyOwner =
  ({ crypto, mail }: Needs<'crypto' | 'mail'>) =>
  ({ email }: Pick<Registered, 'email'>, notice: Notice) =>
    pipe(
      crypto.vault.unseal('email', email),
      TE.chainW((to) => mail.send({ to, ...letterOf(notice) })),
    )
