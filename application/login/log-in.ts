import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import { findAccountByEmail } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import { knownDevice } from '../devices/known-device.ts'
import type { Needs } from '../needs.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { rehashPassword } from '../passwords/rehash-password.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { beginSession } from './begin-session.ts'
import { limitNames } from './limit-names.ts'

export type LogIn = { readonly email: EmailAddress; readonly password: string; readonly transport: Transport }

/** The session is bound to the account as read before the password check: whatever ended sessions meanwhile ends this one too. */
export const logIn =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ email, password, transport }: LogIn, caller: Caller) => {
    const identifier = needs.crypto.indexEmail(email)
    return pipe(
      findAccountByEmail(needs)(identifier),
      TE.bindTo('account'),
      TE.bindW('deviceId', ({ account }) => knownDevice(needs)(account, caller)),
      TE.chainW(({ account, deviceId }) => {
        const checked = checkPassword(needs)({ identifier, account, password, deviceId }, caller)
        return deviceId === null ? limitNames(needs)(identifier, caller)(checked) : checked
      }),
      TE.chainFirstTaskK((checked) =>
        checked.outdated ? rehashPassword(needs)(checked.account, password, caller) : async () => undefined,
      ),
      TE.chainW((checked) => beginSession(needs)(checked.account, transport, caller)),
    )
  }
