import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Refusal as AccountRefusal } from '../../domain/account/decider.ts'
import { mayReplaceEmail } from '../../domain/account/email.ts'
import { readEmailAddress } from '../../domain/account/email-address.ts'
import type { Registered } from '../../domain/account/state.ts'
import type { Refusal as EmailRefusal } from '../../domain/email-claim/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { openLinkToken } from '../link-token.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import type { Metadata, StoreFailure } from '../ports/event-store.ts'
import { reserveEmail } from './claim-email.ts'
import { existingAccount } from './find-account.ts'
import { type Replaced, type Replacement, replaceEmail, settleEmail, settleEmails } from './settle-email.ts'

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
      return { account, replacement: { accountId: account.accountId, email: needs.crypto.indexEmail(email), sealed, linksRevision } }
    }),
  )

type Failure = StoreFailure | AccountRefusal | EmailRefusal

const reserve = (
  needs: Needs<'journal'>,
  account: Registered,
  replacement: Replacement,
  metadata: Metadata,
): TE.TaskEither<Failure, void> =>
  replacement.email === account.emailIndex
    ? TE.right(undefined)
    : pipe(
        reserveEmail(needs)(replacement, metadata),
        TE.map(() => undefined),
      )

/** A change that lost to another one leaves no address claimed. */
const replace = (needs: Needs<'journal'>, replacement: Replacement, metadata: Metadata): TE.TaskEither<Failure, Replaced> =>
  pipe(
    replaceEmail(needs)(replacement, metadata),
    TE.orElseFirstW((failure) => (voidLink.has(failure.type) ? settleEmail(needs)(replacement, metadata) : TE.right(undefined))),
  )

/** What a crash leaves in between is completed by the next start, by the link, or by whoever wants one of the addresses. */
export const confirmEmailChange = (needs: Needs<'journal' | 'crypto'>) => (token: string, caller: Caller) =>
  pipe(
    open(needs, token),
    TE.chainW(({ account, replacement }) => {
      const { accountId } = account
      const metadata = metadataOf(caller, accountId)
      return pipe(
        reserve(needs, account, replacement, metadata),
        TE.chain(() => replace(needs, replacement, metadata)),
        TE.chainFirstTaskK(({ replaced }) => settleEmails(needs)(replaced, accountId, metadata)),
        TE.chainFirstTaskK(({ state }) => (state.type === 'active' ? unlockLogin(needs)(state, caller) : async () => undefined)),
      )
    }),
    TE.mapLeft((failure) => (voidLink.has(failure.type) ? linkVoid() : failure)),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'link_token_void') needs.journal.countRefusedGuess('email_link', caller)
    }),
    TE.map(() => undefined),
  )
