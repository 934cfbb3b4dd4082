import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { notifyOfFactorChange } from '../notifications/second-factor-notices.ts'
import { endOtherSessions } from '../sessions/end-other-sessions.ts'
import { checkCode } from './check-code.ts'

type Removal = {
  readonly accountId: AccountId
  readonly because: 'disabled_by_owner' | 'reset_by_admin'
  readonly actor: AccountId
}

/** The owner is told only if a confirmed factor was removed. */
const remove = (needs: Needs<'journal' | 'mail'>, { accountId, because, actor }: Removal, caller: Caller) => {
  const command = { type: 'remove' as const, because, at: needs.journal.now() }
  return pipe(
    needs.journal.decide(streams.secondFactor(accountId), command, metadataOf(caller, actor)),
    TE.chainFirstW(({ events }) =>
      events.some(({ type }) => type === 'SecondFactorRemoved')
        ? notifyOfFactorChange(needs, accountId, 'second_factor_removed')
        : TE.right(undefined),
    ),
  )
}

type ByCode = { readonly accountId: AccountId; readonly sessionId: SessionId; readonly code: string }

export const removeSecondFactor =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  ({ accountId, sessionId, code }: ByCode, caller: Caller) =>
    pipe(
      checkCode(needs)({ accountId, purpose: 'removal', code, by: { sessionId } }, caller),
      TE.chainW(() =>
        endOtherSessions(needs)({ accountId, by: { sessionId }, because: 'second_factor_removed', actor: accountId }, caller),
      ),
      TE.chainW(() => remove(needs, { accountId, because: 'disabled_by_owner', actor: accountId }, caller)),
    )

type Reset = { readonly accountId: AccountId; readonly actor: AccountId }

/** For an owner who lost the device and the recovery codes. Every session ends. */
export const resetSecondFactor =
  (needs: Needs<'journal' | 'mail'>) =>
  ({ accountId, actor }: Reset, caller: Caller) =>
    pipe(
      endOtherSessions(needs)({ accountId, by: null, because: 'second_factor_removed', actor }, caller),
      TE.chainW(() => remove(needs, { accountId, because: 'reset_by_admin', actor }, caller)),
    )
