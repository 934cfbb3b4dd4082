import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { openedAddress } from '../accounts/find-account.ts'
import type { Needs } from '../needs.ts'
import type { HashSlot } from '../ports/hasher.ts'
import { externalPassword } from './current-hash.ts'

type ToVerify = { readonly account: Registered | null; readonly hash: string | null; readonly password: string }

/** Uses up the slot. Only where the former system keeps the password it is asked, after the work of a hash, and its yes is as good as a match. */
export const verifyPassword =
  ({ crypto, policy }: Needs<'crypto' | 'policy'>) =>
  (slot: HashSlot, { account, hash, password }: ToVerify) =>
    pipe(
      TE.fromTask(slot.verify(password, hash === externalPassword ? null : hash)),
      TE.chainW((verdict) => {
        if (account?.type !== 'active' || hash !== externalPassword) return TE.right(verdict)
        return pipe(
          openedAddress({ crypto }, account),
          TE.chainTaskK((email) => policy.isLegacyPassword({ email: email ?? '', password, accountId: account.accountId })),
          TE.map((matched) => ({ matched, outdated: matched })),
        )
      }),
    )
