import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { hashNewPassword } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession } from '../sessions/grant-session.ts'
import { checkOwnPassword } from './check-own-password.ts'

export type PasswordChange = {
  readonly accountId: AccountId
  /** The session that stays. */
  readonly sessionId: SessionId
  readonly currentPassword: string
  readonly newPassword: string
}

export const changePassword =
  (needs: Needs<'journal' | 'crypto' | 'mail' | 'policy'>) =>
  ({ accountId, sessionId, currentPassword, newPassword }: PasswordChange, caller: Caller) => {
    const { journal, crypto } = needs
    return pipe(
      TE.Do,
      TE.bindW('keep', () =>
        pipe(
          journal.load(streams.session(sessionId)),
          TE.chainW(({ state }) => activeSession(state)),
        ),
      ),
      TE.bindW('checked', () => checkOwnPassword(needs)({ accountId, password: currentPassword, purpose: 'password_change' }, caller)),
      TE.bindW('email', ({ checked }) => crypto.vault.unseal('email', checked.account.email)),
      TE.bindW('hash', ({ email }) => hashNewPassword(needs, newPassword, email)),
      TE.bindW('passwordHash', ({ hash }) => crypto.vault.seal(accountId, 'password_hash', hash)),
      TE.chainW(({ keep, checked, passwordHash }) => {
        const command = { type: 'changePassword' as const, passwordHash, checkedAt: checked.account.revision, keep, at: journal.now() }
        return pipe(
          journal.decide(streams.account(accountId), command, metadataOf(caller, accountId)),
          TE.chainFirstIOK(() => () => needs.mail.notify(checked.account, { type: 'password_changed', at: journal.now() })),
        )
      }),
    )
  }
