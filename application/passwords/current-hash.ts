import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { hasPassword, type Registered } from '../../domain/account/state.ts'
import type { Needs } from '../needs.ts'

/** Sealed in the place of the hash of an invited person. No hasher reads it as a hash. */
export const noPassword = 'none'

/** Sealed in the place of the hash of somebody whose password only the former system can check. No hasher reads it as a hash. */
export const externalPassword = 'external'

/** Null for an invited person. Unseals either way, so that both take the same time. */
export function currentHash({ crypto }: Needs<'crypto'>, account: Registered) {
  return pipe(
    crypto.vault.unseal('password_hash', account.passwordHash),
    TE.map((hash) => (hasPassword(account) ? hash : null)),
  )
}
