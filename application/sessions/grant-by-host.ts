import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import type { SessionFactor } from '../../domain/session/events.ts'
import { existingAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { grantSession } from './grant-session.ts'

type HostGrant = {
  readonly accountId: AccountId
  /** What the host app checked. A second factor counts only by `code`. */
  readonly factors: readonly Exclude<SessionFactor, 'otp'>[]
  readonly code: string | null
  readonly isRefreshable: boolean
  readonly actor: Actor
}

type Proved = { readonly accountRevision: number; readonly factors: SessionFactor[] }

const proved = (needs: Needs<'journal' | 'crypto'>, { revision, accountId }: Registered, { factors, code }: HostGrant, caller: Caller) =>
  code === null
    ? TE.right<never, Proved>({ accountRevision: revision, factors: [...factors] })
    : pipe(
        checkCode(needs)({ accountId, purpose: 'login', code, by: { checkedAt: revision } }, caller),
        TE.map((checked): Proved => {
          return { accountRevision: checked.revision ?? revision, factors: checked.removed ? [...factors] : [...factors, 'otp'] }
        }),
      )

/** A session that the host app answers for, after a login of its own. */
export const grantByHost = (needs: Needs<'journal' | 'crypto' | 'policy'>) => (granted: HostGrant, caller: Caller) => {
  const { accountId, isRefreshable, actor } = granted
  return pipe(
    existingAccount(needs)(accountId),
    TE.filterOrElseW(
      ({ type }) => type === 'active',
      () => ({ type: 'no_such_account' as const }),
    ),
    TE.chainW((account) => proved(needs, account, granted, caller)),
    TE.chainW((proof) => grantSession(needs)({ accountId, ...proof, transport: isRefreshable ? 'bearer' : 'host', actor }, caller)),
  )
}
