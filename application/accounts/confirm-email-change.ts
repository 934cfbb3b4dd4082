import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { mayReplaceEmail } from '../../domain/account/email.ts'
import { readEmailAddress } from '../../domain/account/email-address.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { openLinkToken } from '../link-token.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { existingAccount } from './find-account.ts'
import { reserveAndReplace } from './replace-email.ts'

/** Made up, expired, used, of an account that is gone, or for an address that is taken by now. */
const voidLink: ReadonlySet<string> = new Set([
  'link_token_void',
  'no_such_account',
  'key_shredded',
  'email_taken',
  'claim_outdated',
  'account_exists',
  'email_change_outdated',
])

const linkVoid = () => ({ type: 'link_token_void' as const })

const open = (needs: Needs<'journal' | 'crypto'>, token: string) =>
  pipe(
    openLinkToken(needs, 'email', token),
    TE.bindTo('opened'),
    TE.bindW('email', ({ opened }) => pipe(TE.fromEither(readEmailAddress(opened.content.email)), TE.mapLeft(linkVoid))),
    TE.bindW('account', ({ opened }) => existingAccount(needs)(opened.person)),
    TE.filterOrElseW(({ account, opened }) => mayReplaceEmail(account, opened.content.linksRevision), linkVoid),
    TE.bindW('sealed', ({ account, email }) => needs.crypto.vault.seal(account.accountId, 'email', email)),
    TE.map(({ account, email, sealed, opened }) => {
      const { linksRevision } = opened.content
      return {
        account,
        replacement: { accountId: account.accountId, email: needs.crypto.indexEmail(email), sealed, emailVerified: true, linksRevision },
      }
    }),
  )

/** What a crash leaves in between is completed by the next start, by the link, or by whoever wants one of the addresses. */
export const confirmEmailChange = (needs: Needs<'journal' | 'crypto'>) => (token: string, caller: Caller) =>
  pipe(
    open(needs, token),
    TE.chainW(({ account, replacement }) => {
      const { accountId } = account
      const metadata = metadataOf(caller, accountId)
      return pipe(
        reserveAndReplace(needs)(account, replacement, metadata),
        TE.chainFirstTaskK(({ state }) => (state.type === 'active' ? unlockLogin(needs)(state, caller) : async () => undefined)),
      )
    }),
    TE.mapLeft((failure) => (voidLink.has(failure.type) ? linkVoid() : failure)),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'link_token_void') needs.journal.countRefusedGuess('email_link', caller)
    }),
    TE.map(() => undefined),
  )
