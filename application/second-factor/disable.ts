import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor, SessionId } from '../../domain/kernel/ids.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { endOtherSessions } from '../sessions/end-other-sessions.ts'
import { checkCode } from './check-code.ts'
import { secondFactorRequired } from './second-factor-required.ts'

type Removal = {
  readonly accountId: AccountId
  readonly because: 'disabled_by_owner' | 'reset_by_admin'
  readonly actor: Actor
}

const remove = ({ journal }: Needs<'journal'>, { accountId, because, actor }: Removal, caller: Caller) =>
  journal.decide(streams.secondFactor(accountId), { type: 'remove', because, at: journal.now() }, metadataOf(caller, actor))

/** A role that asks for a factor gets another one (`replace` at enrollment), never none. */
const unlessRequired = (needs: Needs<'journal' | 'policy'>, accountId: AccountId) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.chainW((account) => secondFactorRequired(needs)(account)),
    TE.filterOrElseW(
      (isRequired) => !isRequired,
      () => ({ type: 'second_factor_required' as const }),
    ),
  )

type ByCode = { readonly accountId: AccountId; readonly sessionId: SessionId; readonly code: string }

export const removeSecondFactor =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ accountId, sessionId, code }: ByCode, caller: Caller) =>
    pipe(
      unlessRequired(needs, accountId),
      TE.chainW(() => checkCode(needs)({ accountId, purpose: 'removal', code, by: { sessionId } }, caller)),
      TE.chainW(() =>
        endOtherSessions(needs)({ accountId, by: { sessionId }, because: 'second_factor_removed', actor: accountId }, caller),
      ),
      TE.chainW(() => remove(needs, { accountId, because: 'disabled_by_owner', actor: accountId }, caller)),
    )

type Reset = { readonly accountId: AccountId; readonly actor: Actor }

/** For an owner who lost the device and the recovery codes. Every session ends. */
export const resetSecondFactor =
  (needs: Needs<'journal'>) =>
  ({ accountId, actor }: Reset, caller: Caller) =>
    pipe(
      endOtherSessions(needs)({ accountId, by: null, because: 'second_factor_removed', actor }, caller),
      TE.chainW(() => remove(needs, { accountId, because: 'reset_by_admin', actor }, caller)),
    )
