import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CanonicalEmail } from '../../domain/account/email-address.ts'
import type { Registered } from '../../domain/account/state.ts'
import { accountStream } from '../../domain/kernel/streams.ts'
import { existingAccount, findAccountByEmail } from '../accounts/find-account.ts'
import { hashNewPassword } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import { passwordResetLetter as resetLetter } from '../notifications/letters.ts'

/** Milliseconds that a link is good for. */
const lifetime = 3_600_000

const offer = (needs: Dependencies, { accountId, email: sealedEmail, passwordRevision }: Registered, caller: Caller) => {
  const { handle, aggregates, now, vault } = needs
  return pipe(
    handle(aggregates.account, accountStream(accountId), { type: 'requestReset', at: now() }, metadataOf(caller, 'anonymous')),
    TE.filterOrElseW(
      ({ events }) => events.length > 0,
      () => ({ type: 'requested_recently' as const }),
    ),
    TE.bindW('email', () => vault.unseal('email', sealedEmail)),
    TE.bindW('ticket', () => sealLinkToken(needs, accountId, 'password_reset', { passwordRevision }, lifetime)),
    TE.chainW(({ email, ticket }) => needs.sendMail({ to: email, ...resetLetter(needs.link('reset', ticket)) })),
  )
}

/** Mails a link, if the address is somebody's; nobody is told which, nor made to wait for it. */
export const requestPasswordReset = (needs: Dependencies) => (email: CanonicalEmail, caller: Caller) =>
  pipe(
    findAccountByEmail(needs)(needs.indexEmail(email)),
    TE.chainW((account) => (account?.type === 'active' ? offer(needs, account, caller) : TE.left({ type: 'no_such_account' as const }))),
  )

/** A link is good for the password that it was made for: the first who uses it ends it for all. */
export const resetPassword = (needs: Dependencies) => (ticket: string, newPassword: string, caller: Caller) => {
  const { handle, aggregates, vault, now } = needs
  return pipe(
    openLinkToken(needs, 'password_reset', ticket),
    TE.bindTo('opened'),
    TE.bindW('account', ({ opened }) => existingAccount(needs)(opened.person)),
    TE.filterOrElseW(
      ({ account, opened }) => account.type === 'active' && account.passwordRevision === opened.content.passwordRevision,
      () => ({ type: 'link_token_void' as const }),
    ),
    TE.bindW('email', ({ account }) => vault.unseal('email', account.email)),
    TE.bindW('hash', ({ email }) => hashNewPassword(needs, newPassword, email)),
    TE.bindW('passwordHash', ({ account, hash }) => vault.seal(account.accountId, 'password_hash', hash)),
    TE.chainW(({ account, passwordHash }) => {
      const { accountId, passwordRevision } = account
      const command = { type: 'resetPassword' as const, passwordHash, passwordRevision, at: now() }
      return pipe(
        handle(aggregates.account, accountStream(accountId), command, metadataOf(caller, accountId)),
        TE.chainFirstIOK(() => () => needs.notify(account, { type: 'password_changed', at: now() })),
      )
    }),
  )
}
