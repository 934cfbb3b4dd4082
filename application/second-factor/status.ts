import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { codesLeft } from '../../domain/second-factor/recovery-codes.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { secondFactorRequired } from './second-factor-required.ts'

export const secondFactorOf = (needs: Needs<'journal' | 'policy'>) => (accountId: AccountId) =>
  pipe(
    TE.Do,
    TE.bindW('account', () => existingAccount(needs)(accountId)),
    TE.bindW('required', ({ account }) => secondFactorRequired(needs)(account)),
    TE.bindW('factor', () =>
      pipe(
        needs.journal.load(streams.secondFactor(accountId)),
        TE.map(({ state }) => state.factor),
      ),
    ),
    TE.map(({ required, factor }) => ({
      confirmedAt: factor.type === 'active' ? factor.confirmedAt : null,
      recoveryCodesLeft: factor.type === 'active' ? codesLeft(factor.recovery) : 0,
      required,
    })),
  )
