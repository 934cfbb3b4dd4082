import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canonicalEmail } from '../../domain/account/email-address.ts'
import type { Caller } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import { openLinkToken, sealLinkToken } from '../link-token.ts'
import { alreadyRegisteredLetter, verifyRegistrationLetter } from '../notifications/letters.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { unknownCallersOf } from '../sessions/seal-origin.ts'
import { findAccountByEmail } from './find-account.ts'
import { hashNewPassword, type Registration, registerHashed } from './register-account.ts'

/** Milliseconds that a link is good for. */
const lifetime = 86_400_000

/** Nothing is recorded yet: the link carries the address and the hash of the password, sealed. Whether the address is taken only its owner learns. */
export const requestRegistration = (needs: Dependencies) => (registration: Pick<Registration, 'email' | 'password'>) => {
  const { email, password } = registration
  return pipe(
    TE.Do,
    TE.bindW('passwordHash', () => hashNewPassword(needs, password, email)),
    TE.bindW('account', () => findAccountByEmail(needs)(needs.indexEmail(email))),
    TE.bindW('ticket', ({ passwordHash }) =>
      sealLinkToken(needs, unknownCallersOf(needs.now()), 'registration', { email, passwordHash }, lifetime),
    ),
    TE.map(({ account, ticket }) =>
      account === null ? verifyRegistrationLetter(needs.link('register', ticket)) : alreadyRegisteredLetter(),
    ),
    TE.map((letter) => ({ to: email, ...letter })),
  )
}

/** The address is proved; from here on it is a registration like any other. */
export const confirmRegistration = (needs: Dependencies) => (ticket: string, transport: Transport, caller: Caller) =>
  pipe(
    openLinkToken(needs, 'registration', ticket),
    TE.bindTo('opened'),
    TE.bindW('email', ({ opened }) =>
      pipe(
        TE.fromEither(canonicalEmail(opened.content.email)),
        TE.mapLeft(() => ({ type: 'link_token_void' as const })),
      ),
    ),
    TE.chainW(({ opened, email }) => registerHashed(needs)({ email, hash: opened.content.passwordHash, transport }, caller)),
  )
