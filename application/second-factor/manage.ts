import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { secondFactorStream } from '../../domain/kernel/streams.ts'
import { codesLeft } from '../../domain/second-factor/recovery-codes.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies, Needs } from '../dependencies.ts'
import { notifyOfFactorChange } from '../notifications/second-factor-notices.ts'
import { endOtherSessions } from '../sessions/end-other-sessions.ts'
import { checkCode } from './check-code.ts'
import { secondFactorRequired } from './second-factor-required.ts'
import { makeRecoveryCodes } from './secrets.ts'

/** The owner is told if there was one to remove; what was begun and never confirmed goes without a word. */
const remove = (
  needs: Needs<'handle' | 'load' | 'aggregates' | 'now' | 'notify'>,
  accountId: AccountId,
  because: 'disabled_by_owner' | 'reset_by_admin',
  actor: AccountId,
  caller: Caller,
) => {
  const command = { type: 'remove' as const, because, at: needs.now() }
  return pipe(
    needs.handle(needs.aggregates.secondFactor, secondFactorStream(accountId), command, metadataOf(caller, actor)),
    TE.chainFirstW(({ events }) =>
      events.some(({ type }) => type === 'SecondFactorRemoved')
        ? notifyOfFactorChange(needs, accountId, 'second_factor_removed')
        : TE.right(undefined),
    ),
  )
}

/** Turns the second factor off, with a code of it; other sessions end. */
export const removeSecondFactor = (needs: Dependencies) => (accountId: AccountId, sessionId: SessionId, code: string, caller: Caller) =>
  pipe(
    checkCode(needs, { accountId, purpose: 'removal', code, by: { sessionId } }, caller),
    TE.chainW(() => endOtherSessions(needs)({ accountId, by: { sessionId }, because: 'second_factor_removed' }, accountId, caller)),
    TE.chainW(() => remove(needs, accountId, 'disabled_by_owner', accountId, caller)),
  )

/** For whoever lost the device and the codes: an administrator takes the factor away, and every session ends. */
export const resetSecondFactor = (needs: Dependencies) => (accountId: AccountId, actor: AccountId, caller: Caller) =>
  pipe(
    endOtherSessions(needs)({ accountId, by: null, because: 'second_factor_removed' }, actor, caller),
    TE.chainW(() => remove(needs, accountId, 'reset_by_admin', actor, caller)),
  )

/** New recovery codes for a code; the old ones are void. */
export const renewRecoveryCodes = (needs: Dependencies) => (accountId: AccountId, sessionId: SessionId, code: string, caller: Caller) => {
  const { handle, aggregates, now } = needs
  return pipe(
    checkCode(needs, { accountId, purpose: 'recovery_codes', code, by: { sessionId } }, caller),
    TE.chainW(() => makeRecoveryCodes(needs, accountId)),
    TE.chainFirstW(({ kept }) => {
      const command = { type: 'issueRecoveryCodes' as const, recoveryCodes: kept, at: now() }
      return handle(aggregates.secondFactor, secondFactorStream(accountId), command, metadataOf(caller, accountId))
    }),
    TE.chainFirstW(() => notifyOfFactorChange(needs, accountId, 'recovery_codes_replaced')),
    TE.map(({ codes }) => codes),
  )
}

/** How the second factor of an account stands. */
export const secondFactorOf = (needs: Dependencies) => (accountId: AccountId) =>
  pipe(
    TE.Do,
    TE.bindW('account', () => existingAccount(needs)(accountId)),
    TE.bindW('required', ({ account }) => secondFactorRequired(needs)(account)),
    TE.bindW('factor', () =>
      pipe(
        needs.load(needs.aggregates.secondFactor, secondFactorStream(accountId)),
        TE.map(({ state }) => state.factor),
      ),
    ),
    TE.map(({ required, factor }) => ({
      confirmedAt: factor.type === 'active' ? factor.confirmedAt : null,
      recoveryCodesLeft: factor.type === 'active' ? codesLeft(factor.recovery) : 0,
      required,
    })),
  )
