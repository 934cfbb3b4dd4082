import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { CodePurpose } from '../../domain/second-factor/events.ts'
import type { Factor, ReauthenticationPurpose } from '../../domain/session/events.ts'
import { existingAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { checkOwnPassword } from '../passwords/check-own-password.ts'
import { checkCode } from '../second-factor/check-code.ts'

/** The password counts only for an account without a second factor. */
export type Proof = { readonly code: string } | { readonly password: string }

export type ToProve = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly proof: Proof
  readonly purpose: CodePurpose & ReauthenticationPurpose
}

type ProofNeeds = Needs<'journal' | 'crypto' | 'policy'>

const byCode = (needs: ProofNeeds, { sessionId, accountId, purpose }: ToProve, code: string, caller: Caller) =>
  pipe(
    checkCode(needs)({ accountId, purpose, code, by: { sessionId } }, caller),
    TE.chainFirstW(() =>
      pipe(
        existingAccount(needs)(accountId),
        TE.chainW((account) => unlockLogin(needs)(account, caller)),
      ),
    ),
    TE.map(({ removed }): Factor => (removed ? 'pwd' : 'otp')),
  )

const byPassword = (needs: ProofNeeds, { accountId, sessionId, purpose }: ToProve, password: string, caller: Caller) =>
  pipe(
    needs.journal.load(streams.secondFactor(accountId)),
    TE.filterOrElseW(
      ({ state }) => state.factor.type === 'none',
      () => ({ type: 'second_factor_failed' as const }),
    ),
    TE.chainW(() => checkOwnPassword(needs)({ accountId, sessionId, password, purpose }, caller)),
    TE.map((): Factor => 'pwd'),
  )

type FailureOf<Task> = Task extends TE.TaskEither<infer Failure, unknown> ? Failure : never
export type Unproved = FailureOf<ReturnType<typeof byCode>> | FailureOf<ReturnType<typeof byPassword>>

/** Counts against the session. Too many wrong proofs end it. */
export const proveOwner =
  (needs: ProofNeeds) =>
  (toProve: ToProve, caller: Caller): TE.TaskEither<Unproved, Factor> =>
    'code' in toProve.proof
      ? byCode(needs, toProve, toProve.proof.code, caller)
      : byPassword(needs, toProve, toProve.proof.password, caller)
