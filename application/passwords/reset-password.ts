import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import { mayMailAgain } from '../../domain/account/reset-policy.ts'
import { linksRevisionOf, type Registered } from '../../domain/account/state.ts'
import { existingAccount, findAccountByEmail, openedAddress } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { sendPaced } from '../notifications/send-paced.ts'
import { writeMail } from '../notifications/write-mail.ts'
import { hashReplacement, refuseCurrent } from './check-new-password.ts'
import { turnOf } from './hash-turn.ts'

/** Milliseconds. */
const lifetime = 3_600_000

/** Recorded once the mail is on its way, so that a mail that failed can be requested again at once. */
const mailLink = (needs: Needs<'journal' | 'crypto' | 'mail'>, account: Registered, caller: Caller) => {
  const { journal, mail } = needs
  const { accountId, loginIndex } = account
  const at = journal.now()
  return pipe(
    TE.Do,
    TE.bindW('to', () => pipe(openedAddress(needs, account), TE.chainW(TE.fromNullable({ type: 'nothing_to_send' as const })))),
    TE.bindW('token', () => sealLinkToken(needs, accountId, 'password_reset', { linksRevision: linksRevisionOf(account) }, lifetime)),
    TE.bindW('letter', ({ token }) =>
      TE.fromTask(writeMail(needs)({ kind: 'passwordReset', content: { link: mail.link('reset', token) } }, { account: accountId })),
    ),
    TE.map(({ to, letter }) => ({ to, ...letter })),
    sendPaced(needs)('reset', loginIndex, caller),
    TE.chainW(() => journal.decide(streams.account(accountId), { type: 'requestReset', at }, metadataOf(caller, 'anonymous'))),
  )
}

/** The response reveals nothing and does not wait for the mail. */
export const requestPasswordReset = (needs: Needs<'journal' | 'crypto' | 'mail'>) => (email: EmailAddress, caller: Caller) =>
  pipe(
    findAccountByEmail(needs)(needs.crypto.indexEmail(email)),
    TE.filterOrElseW(
      (account): account is Registered => account?.type === 'active' && mayMailAgain(account.resetRequestedAt, needs.journal.now()),
      () => ({ type: 'nothing_to_send' as const }),
    ),
    TE.chainW((account) => mailLink(needs, account, caller)),
  )

/** Made up, expired, used, or of an account that is gone. */
const voidLink: ReadonlySet<string> = new Set(['link_token_void', 'no_such_account', 'key_shredded'])

type Reset = { readonly token: string; readonly newPassword: string }

/** Whatever ends the sessions of the account or replaces its address voids the link, its first use included. The login lock is lifted: the owner has the mailbox. */
export const resetPassword =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ token, newPassword }: Reset, caller: Caller) => {
    const { journal, crypto } = needs
    return pipe(
      openLinkToken(needs, 'password_reset', token),
      TE.bindTo('opened'),
      TE.bindW('account', ({ opened }) => existingAccount(needs)(opened.person)),
      TE.filterOrElseW(
        ({ account, opened }) => account.type === 'active' && linksRevisionOf(account) === opened.content.linksRevision,
        () => ({ type: 'link_token_void' as const }),
      ),
      TE.bindW('email', ({ account }) => openedAddress(needs, account)),
      TE.let('turn', ({ account }) => turnOf(caller, account.accountId)),
      TE.bindW('hash', ({ account, email, turn }) =>
        hashReplacement(needs, account.accountId, { password: newPassword, email: email ?? '', turn }),
      ),
      TE.chainFirstW(({ account, turn }) => refuseCurrent(needs, account, newPassword, turn)),
      TE.bindW('passwordHash', ({ account, hash }) => crypto.vault.seal(account.accountId, 'password_hash', hash)),
      TE.chainW(({ account, passwordHash }) => {
        const { accountId } = account
        const command = { type: 'resetPassword' as const, passwordHash, linksRevision: linksRevisionOf(account), at: journal.now() }
        return pipe(
          journal.decide(streams.account(accountId), command, metadataOf(caller, accountId)),
          TE.chainFirstTaskK(() => unlockLogin(needs)(account, caller)),
        )
      }),
      TE.orElseFirstIOK((failure) => () => {
        if (voidLink.has(failure.type)) journal.countRefusedGuess('reset_link', caller)
      }),
    )
  }
