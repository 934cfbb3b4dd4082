import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CanonicalEmail } from '../domain/account/email-address.ts'
import { beginSession } from './begin-session.ts'
import type { Caller } from './caller.ts'
import { checkPassword } from './check-password.ts'
import type { Dependencies } from './dependencies.ts'
import { findAccountByEmail } from './find-account.ts'
import type { Transport } from './grant-session.ts'
import { rehashPassword } from './rehash-password.ts'

export type LogIn = { readonly email: CanonicalEmail; readonly password: string; readonly transport: Transport }

/** The session is bound to the account as it was read before the password was checked: whatever ends its sessions meanwhile ends this one. */
export const logIn =
  (needs: Dependencies) =>
  ({ email, password, transport }: LogIn, caller: Caller) => {
    const identifier = needs.indexEmail(email)
    return pipe(
      findAccountByEmail(needs)(identifier),
      TE.chainW((account) => checkPassword(needs)({ identifier, account, password, purpose: 'login' }, caller)),
      TE.chainFirstTaskK((checked) =>
        checked.outdated ? rehashPassword(needs)(checked.account, password, caller) : async () => undefined,
      ),
      TE.chainW((checked) => beginSession(needs)(checked.account, transport, caller)),
    )
  }
