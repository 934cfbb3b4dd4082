import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { readEmailAddress } from '../../domain/account/email-address.ts'
import type { Caller } from '../caller.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import type { Needs } from '../needs.ts'
import { letters } from '../notifications/letters.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { unknownCallersOf } from '../sessions/seal-origin.ts'
import { findAccountByEmail } from './find-account.ts'
import { hashNewPassword, type Registration, registerHashed } from './register-account.ts'

/** Milliseconds. */
const lifetime = 86_400_000

/** Nothing is recorded yet: the link holds the address and the password hash, sealed. Only the owner of the address learns whether it is taken. */
export const requestRegistration =
  (needs: Needs<'journal' | 'crypto' | 'mail' | 'policy'>) => (registration: Pick<Registration, 'email' | 'password'>) => {
    const { email, password } = registration
    return pipe(
      TE.Do,
      TE.bindW('passwordHash', () => hashNewPassword(needs, password, email)),
      TE.bindW('account', () => findAccountByEmail(needs)(needs.crypto.indexEmail(email))),
      TE.bindW('token', ({ passwordHash }) =>
        sealLinkToken(needs, unknownCallersOf(needs.journal.now()), 'registration', { email, passwordHash }, lifetime),
      ),
      TE.map(({ account, token }) =>
        account === null ? letters.verifyRegistration(needs.mail.link('register', token)) : letters.alreadyRegistered(),
      ),
      TE.map((letter) => ({ to: email, ...letter })),
    )
  }

type Confirmation = { readonly token: string; readonly transport: Transport }

export const confirmRegistration =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ token, transport }: Confirmation, caller: Caller) =>
    pipe(
      openLinkToken(needs, 'registration', token),
      TE.bindTo('opened'),
      TE.bindW('email', ({ opened }) =>
        pipe(
          TE.fromEither(readEmailAddress(opened.content.email)),
          TE.mapLeft(() => ({ type: 'link_token_void' as const })),
        ),
      ),
      TE.chainW(({ opened, email }) => registerHashed(needs)({ email, hash: opened.content.passwordHash, transport }, caller)),
    )
