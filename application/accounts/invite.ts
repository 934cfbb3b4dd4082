import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canLogIn, linksRevisionOf, type Registered } from '../../domain/account/state.ts'
import { AccountId, type Actor } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { sealLinkToken } from '../link-token.ts'
import type { Needs } from '../needs.ts'
import { sendPaced } from '../notifications/send-paced.ts'
import { writeMail } from '../notifications/write-mail.ts'
import { existingAccount, openedAddress } from './find-account.ts'

/** Milliseconds. */
const lifetime = 604_800_000

export const invitedAccount = (needs: Needs<'journal'>) => (accountId: AccountId) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.filterOrElseW(
      (account) => !canLogIn(account),
      () => ({ type: 'password_chosen' as const }),
    ),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'nothing_to_send' as const }),
    ),
  )

/** Recorded once the mail is on its way, so that a mail that failed can be sent again at once. `isVouched`: the host app answers for `by`. */
export const mailInvitation =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  (account: Registered, by: Actor, caller: Caller, isVouched = false) => {
    const { journal, mail } = needs
    const { accountId, loginIndex } = account
    return pipe(
      TE.Do,
      TE.bindW('to', () => pipe(openedAddress(needs, account), TE.chainW(TE.fromNullable({ type: 'nothing_to_send' as const })))),
      TE.bindW('token', () =>
        sealLinkToken(
          needs,
          accountId,
          'invitation',
          { linksRevision: linksRevisionOf(account), by: isVouched || !AccountId.is(by) ? null : by },
          lifetime,
        ),
      ),
      TE.bindW('letter', ({ token }) =>
        TE.fromTask(writeMail(needs)({ kind: 'invitation', content: { link: mail.link('invitation', token) } }, { account: accountId })),
      ),
      TE.map(({ to, letter }) => ({ to, ...letter })),
      sendPaced(needs)('invitation', loginIndex, caller),
      TE.chainW(() =>
        journal.decide(streams.account(accountId), { type: 'recordInvitation', by, at: journal.now() }, metadataOf(caller, by)),
      ),
    )
  }
