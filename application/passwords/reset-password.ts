import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { Registered } from '../../domain/account/state.ts'
import { existingAccount, findAccountByEmail } from '../accounts/find-account.ts'
import { hashNewPassword } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import type { Needs } from '../needs.ts'
import { letters } from '../notifications/letters.ts'

/** Milliseconds. */
const lifetime = 3_600_000

const mailLink = (
  needs: Needs<'journal' | 'crypto' | 'mail'>,
  { accountId, email: sealedEmail, passwordRevision }: Registered,
  caller: Caller,
) => {
  const { journal, crypto } = needs
  return pipe(
    journal.decide(streams.account(accountId), { type: 'requestReset', at: journal.now() }, metadataOf(caller, 'anonymous')),
    TE.filterOrElseW(
      ({ events }) => events.length > 0,
      () => ({ type: 'requested_recently' as const }),
    ),
    TE.bindW('email', () => crypto.vault.unseal('email', sealedEmail)),
    TE.bindW('token', () => sealLinkToken(needs, accountId, 'password_reset', { passwordRevision }, lifetime)),
    TE.chainW(({ email, token }) => needs.mail.send({ to: email, ...letters.resetPassword(needs.mail.link('reset', token)) })),
  )
}

/** The response reveals nothing and does not wait for the mail. */
export const requestPasswordReset = (needs: Needs<'journal' | 'crypto' | 'mail'>) => (email: EmailAddress, caller: Caller) =>
  pipe(
    findAccountByEmail(needs)(needs.crypto.indexEmail(email)),
    TE.chainW((account) => (account?.type === 'active' ? mailLink(needs, account, caller) : TE.left({ type: 'no_such_account' as const }))),
  )

type Reset = { readonly token: string; readonly newPassword: string }

/** A link is bound to the password that it was made for, so its first use voids it. */
export const resetPassword =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ token, newPassword }: Reset, caller: Caller) => {
    const { journal, crypto } = needs
    return pipe(
      openLinkToken(needs, 'password_reset', token),
      TE.bindTo('opened'),
      TE.bindW('account', ({ opened }) => existingAccount(needs)(opened.person)),
      TE.filterOrElseW(
        ({ account, opened }) => account.type === 'active' && account.passwordRevision === opened.content.passwordRevision,
        () => ({ type: 'link_token_void' as const }),
      ),
      TE.bindW('email', ({ account }) => crypto.vault.unseal('email', account.email)),
      TE.bindW('hash', ({ email }) => hashNewPassword(needs, newPassword, email)),
      TE.bindW('passwordHash', ({ account, hash }) => crypto.vault.seal(account.accountId, 'password_hash', hash)),
      TE.chainW(({ account, passwordHash }) => {
        const { accountId, passwordRevision } = account
        const command = { type: 'resetPassword' as const, passwordHash, passwordRevision, at: journal.now() }
        return journal.decide(streams.account(accountId), command, metadataOf(caller, accountId))
      }),
    )
  }
