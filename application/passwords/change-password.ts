import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { accountStream, sessionStream } from '../../domain/kernel/streams.ts'
import { hashNewPassword } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import { activeSession } from '../sessions/grant-session.ts'
import { checkOwnPassword } from './check-own-password.ts'

export type PasswordChange = {
  readonly accountId: AccountId
  /** The session that asks; it is the one that stays. */
  readonly sessionId: SessionId
  readonly currentPassword: string
  readonly newPassword: string
}

export const changePassword =
  (needs: Dependencies) =>
  ({ accountId, sessionId, currentPassword, newPassword }: PasswordChange, caller: Caller) => {
    const { load, handle, aggregates, vault, now } = needs
    return pipe(
      TE.Do,
      TE.bindW('keep', () =>
        pipe(
          load(aggregates.session, sessionStream(sessionId)),
          TE.chainW(({ state }) => activeSession(state)),
        ),
      ),
      TE.bindW('checked', () => checkOwnPassword(needs)(accountId, currentPassword, 'password_change', caller)),
      TE.bindW('email', ({ checked }) => vault.unseal('email', checked.account.email)),
      TE.bindW('hash', ({ email }) => hashNewPassword(needs, newPassword, email)),
      TE.bindW('passwordHash', ({ hash }) => vault.seal(accountId, 'password_hash', hash)),
      TE.chainW(({ keep, checked, passwordHash }) => {
        const command = { type: 'changePassword' as const, passwordHash, checkedAt: checked.account.revision, keep, at: now() }
        return pipe(
          handle(aggregates.account, accountStream(accountId), command, metadataOf(caller, accountId)),
          TE.chainFirstIOK(() => () => needs.notify(checked.account, { type: 'password_changed', at: now() })),
        )
      }),
    )
  }
