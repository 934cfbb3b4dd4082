import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type EmailAddress, readEmailAddress } from '../../domain/account/email-address.ts'
import type { Caller } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import type { Needs } from '../needs.ts'
import { sendPaced } from '../notifications/send-paced.ts'
import { writeMail } from '../notifications/write-mail.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import { unknownCallersOf } from '../sessions/seal-origin.ts'
import { findAccountByEmail } from './find-account.ts'
import { hashNewPassword, type Registration, refuseIfTaken, registerHashed } from './register-account.ts'

/** Milliseconds. */
const lifetime = 86_400_000

const releasesOf = ({ journal, crypto }: Needs<'journal' | 'crypto'>, email: EmailAddress) =>
  pipe(
    journal.load(streams.emailClaim(crypto.indexEmail(email))),
    TE.map(({ state }) => state.releases),
  )

/** Records nothing. Only the owner of the address learns whether it is taken. */
export const requestRegistration = (needs: Needs<'journal' | 'crypto' | 'mail'>) => (email: EmailAddress, caller: Caller) => {
  const { journal, crypto, mail } = needs
  const index = crypto.indexEmail(email)
  return pipe(
    TE.Do,
    TE.bindW('account', () => findAccountByEmail(needs)(index)),
    TE.bindW('releases', () => releasesOf(needs, email)),
    TE.bindW('token', ({ releases }) =>
      sealLinkToken(needs, unknownCallersOf(journal.now()), 'registration', { email, releases }, lifetime),
    ),
    TE.chainTaskK(({ account, token }) =>
      account === null
        ? writeMail(needs)({ kind: 'registration', content: { link: mail.link('register', token) } }, { language: caller.language ?? null })
        : writeMail(needs)({ kind: 'alreadyRegistered', content: {} }, { account: account.accountId }),
    ),
    TE.map((letter) => ({ to: email, ...letter })),
    sendPaced(needs)('register', index, caller),
  )
}

type Confirmation = Pick<Registration, 'password' | 'profile' | 'transport'> & { readonly token: string }

/** Made up, expired or used. */
const voidLink: ReadonlySet<string> = new Set(['link_token_void', 'claim_outdated', 'email_taken'])

const linkVoid = () => ({ type: 'link_token_void' as const })

/** Whoever opens the link chooses the password. The claim of the address accepts one use. */
export const confirmRegistration =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ token, password, profile = null, transport }: Confirmation, caller: Caller) =>
    pipe(
      openLinkToken(needs, 'registration', token),
      TE.chainW(({ content: { email, releases } }) =>
        pipe(
          TE.fromEither(readEmailAddress(email)),
          TE.bimap(linkVoid, (email) => ({ email, releases })),
        ),
      ),
      TE.chainFirstW(({ email, releases }) =>
        pipe(
          releasesOf(needs, email),
          TE.filterOrElseW((now) => now === releases, linkVoid),
        ),
      ),
      TE.chainFirstW(({ email }) => refuseIfTaken(needs, email)),
      TE.bindW('hash', ({ email }) => hashNewPassword(needs, { password, email, turn: turnOf(caller, null) })),
      TE.chainW((hashed) => registerHashed(needs)({ ...hashed, profile, transport }, caller)),
      TE.orElseFirstIOK((failure) => () => {
        if (voidLink.has(failure.type)) needs.journal.countRefusedGuess('registration_link', caller)
      }),
    )
