import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { ProofPurpose } from '../../domain/identity/events.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { CodePurpose } from '../../domain/second-factor/events.ts'
import type { Factor, ReauthenticationPurpose } from '../../domain/session/events.ts'
import { existingAccount } from '../accounts/find-account.ts'
import type { Caller } from '../caller.ts'
import { findIdentity } from '../identities/find-identity.ts'
import { type KeyProof, proveKey } from '../identities/prove-key.ts'
import { streams } from '../journal/streams.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { checkOwnPassword } from '../passwords/check-own-password.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { reauthenticate } from './reauthenticate.ts'

/** The password and the key count only for an account without a second factor. */
export type Proof = { readonly code: string } | { readonly password: string } | { readonly identity: KeyProof }

export type ToProve = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly proof: Proof
  readonly purpose: CodePurpose & ReauthenticationPurpose
}

const isSignedFor = (purpose: string): purpose is Exclude<ProofPurpose, 'login'> => purpose !== 'login' && ProofPurpose.is(purpose)

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

const withoutSecondFactor = ({ journal }: ProofNeeds, accountId: AccountId) =>
  pipe(
    journal.load(streams.secondFactor(accountId)),
    TE.filterOrElseW(
      ({ state }) => state.factor.type === 'none',
      () => ({ type: 'second_factor_failed' as const }),
    ),
  )

/** A signature for one session and one purpose. */
const byKey = (needs: ProofNeeds, { accountId, sessionId, purpose }: ToProve, proof: KeyProof, caller: Caller) =>
  pipe(
    withoutSecondFactor(needs, accountId),
    TE.chainW(() =>
      pipe(
        findIdentity(needs)(proof.fingerprint),
        TE.chainW((found) => {
          if (!isSignedFor(purpose)) return TE.left({ type: 'invalid_credentials' as const })
          const own = found?.account.accountId === accountId && found.account.type === 'active' ? found.identity : null
          const { fingerprint, challenge } = proof
          return proveKey(needs)(own, proof, { purpose, origin: needs.policy.origin(), fingerprint, sessionId, challenge }, caller)
        }),
        reauthenticate(needs)({ sessionId, purpose }, caller),
      ),
    ),
    TE.map((): Factor => 'pop'),
  )

const byPassword = (needs: ProofNeeds, { accountId, sessionId, purpose }: ToProve, password: string, caller: Caller) =>
  pipe(
    withoutSecondFactor(needs, accountId),
    TE.chainW(() => checkOwnPassword(needs)({ accountId, sessionId, password, purpose }, caller)),
    TE.map((): Factor => 'pwd'),
  )

type FailureOf<Task> = Task extends TE.TaskEither<infer Failure, unknown> ? Failure : never
export type Unproved = FailureOf<ReturnType<typeof byCode>> | FailureOf<ReturnType<typeof byPassword>> | FailureOf<ReturnType<typeof byKey>>

/** Counts against the session. Too many wrong proofs end it. */
export const proveOwner =
  (needs: ProofNeeds) =>
  (toProve: ToProve, caller: Caller): TE.TaskEither<Unproved, Factor> => {
    const { proof } = toProve
    if ('code' in proof) return byCode(needs, toProve, proof.code, caller)
    return 'password' in proof ? byPassword(needs, toProve, proof.password, caller) : byKey(needs, toProve, proof.identity, caller)
  }
