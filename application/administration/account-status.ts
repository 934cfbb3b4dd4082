import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canLogIn, type Registered } from '../../domain/account/state.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { codeEntryHasEnded } from '../../domain/second-factor/code-entry.ts'
import { codesLeft } from '../../domain/second-factor/recovery-codes.ts'
import { findAccount } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { secondFactorRequired } from '../second-factor/second-factor-required.ts'

/** Of strangers' logins, not of a known device. */
export type AccountStatus = {
  readonly invited: boolean
  readonly lockedUntil: Instant | null
  readonly codesLockedUntil: Instant | null
  readonly codeEntryEnded: boolean
  readonly secondFactor: {
    readonly enrolled: boolean
    readonly required: boolean
    readonly confirmedAt: Instant | null
    readonly recoveryCodesLeft: number
  }
}

const gone: AccountStatus = {
  invited: false,
  lockedUntil: null,
  codesLockedUntil: null,
  codeEntryEnded: false,
  secondFactor: { enrolled: false, required: false, confirmedAt: null, recoveryCodesLeft: 0 },
}

const statusOf = (needs: Needs<'journal' | 'policy'>, account: Registered) => {
  const { journal } = needs
  const at = journal.now()
  const ahead = (until: Instant | null | undefined) => (until !== null && until !== undefined && at < until ? until : null)
  return pipe(
    TE.Do,
    TE.bindW('required', () => secondFactorRequired(needs)(account)),
    TE.bindW('login', () => journal.load(streams.login(account.loginIndex))),
    TE.bindW('codes', () => journal.load(streams.secondFactor(account.accountId))),
    TE.map(({ required, login, codes: { state } }): AccountStatus => {
      const { factor, entry } = state
      const enrolled = factor.type === 'active'
      return {
        invited: !canLogIn(account),
        lockedUntil: ahead(login.state.lanes.get(null)?.until),
        codesLockedUntil: ahead(entry.until),
        codeEntryEnded: codeEntryHasEnded(entry),
        secondFactor: {
          enrolled,
          required,
          confirmedAt: enrolled ? factor.confirmedAt : null,
          recoveryCodesLeft: enrolled ? codesLeft(factor.recovery) : 0,
        },
      }
    }),
  )
}

/** Nothing is left to tell of an erased account. */
export const accountStatus =
  (needs: Needs<'journal' | 'policy'>) =>
  (accountId: AccountId): TE.TaskEither<StoreFailure, AccountStatus> =>
    pipe(
      findAccount(needs)(accountId),
      TE.chainW((account) => (account === null ? TE.right(gone) : statusOf(needs, account))),
    )
