import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import { linksRevisionOf, type Registered } from '../../domain/account/state.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { existingAccount, openedAddress } from '../accounts/find-account.ts'
import { reserveAndReplace } from '../accounts/replace-email.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'

/** `emailVerified`: whether whoever sets it vouches for the mailbox. */
type Setting = { readonly accountId: AccountId; readonly email: EmailAddress; readonly emailVerified: boolean; readonly actor: Actor }

const lost = (accountId: AccountId): StoreFailure => ({ type: 'unavailable', detail: `account ${accountId} changed meanwhile` })

const isUnchanged = (account: Registered, current: string | null, { email, emailVerified }: Setting) =>
  current === email && (account.emailVerified || !emailVerified)

/** Without the proof that is mailed to the new address. The old one gets its notice, and links that were mailed to it are void. */
export const setEmail = (needs: Needs<'journal' | 'crypto'>) => (setting: Setting, caller: Caller) => {
  const { accountId, email, emailVerified, actor } = setting
  const { crypto } = needs
  return pipe(
    existingAccount(needs)(accountId),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'no_such_account' as const }),
    ),
    TE.bindTo('account'),
    TE.bindW('current', ({ account }) => openedAddress(needs, account)),
    TE.bindW('sealed', () => crypto.vault.seal(accountId, 'email', email)),
    TE.chainW(({ account, current, sealed }) => {
      if (isUnchanged(account, current, setting)) return TE.right(undefined)
      const replacement = { accountId, email: crypto.indexEmail(email), sealed, emailVerified, linksRevision: linksRevisionOf(account) }
      return pipe(
        reserveAndReplace(needs)(account, replacement, metadataOf(caller, actor)),
        TE.mapLeft((failure) => (failure.type === 'email_change_outdated' ? lost(accountId) : failure)),
        TE.map(() => undefined),
      )
    }),
  )
}
