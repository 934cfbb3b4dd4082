import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId, TokenHash } from '../../domain/kernel/ids.ts'
import type { Factor } from '../../domain/session/events.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { checkOwnPassword } from '../passwords/check-own-password.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { backedSession } from './backed-session.ts'
import { activeSession } from './grant-session.ts'

/** The password counts only for an account without a second factor. */
export type Proof = { readonly code: string } | { readonly password: string }

/** A token elevates once, because elevation replaces it. */
export type Elevation = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly presented: TokenHash
  readonly proof: Proof
}

type ProofNeeds = Needs<'journal' | 'crypto'>

const byCode = (needs: ProofNeeds, { sessionId, accountId }: Elevation, code: string, caller: Caller) =>
  pipe(
    checkCode(needs)({ accountId, purpose: 'elevation', code, by: { sessionId } }, caller),
    TE.chainFirstW(() =>
      pipe(
        existingAccount(needs)(accountId),
        TE.chainW((account) => unlockLogin(needs)(account, caller)),
      ),
    ),
    TE.map(({ removed }): Factor => (removed ? 'pwd' : 'otp')),
  )

const byPassword = (needs: ProofNeeds, { accountId, sessionId }: Elevation, password: string, caller: Caller) =>
  pipe(
    needs.journal.load(streams.secondFactor(accountId)),
    TE.filterOrElseW(
      ({ state }) => state.factor.type === 'none',
      () => ({ type: 'second_factor_failed' as const }),
    ),
    TE.chainW(() => checkOwnPassword(needs)({ accountId, sessionId, password, purpose: 'elevation' }, caller)),
    TE.map((): Factor => 'pwd'),
  )

const elevate = (needs: Needs<'journal' | 'crypto'>, { sessionId, presented }: Elevation, factor: Factor, caller: Caller) => {
  const { journal, crypto } = needs
  const token = crypto.tokens.make()
  return pipe(
    backedSession(needs)(sessionId),
    TE.chainW(({ session, survives }) => {
      const command = { type: 'elevate' as const, presented, tokenHash: crypto.tokens.hash(token), factor, survives, at: journal.now() }
      return journal.decide(streams.session(sessionId), command, metadataOf(caller, session.accountId))
    }),
    TE.chainW(({ state }) => activeSession(state)),
    TE.map((renewed) => ({ session: renewed, token })),
  )
}

type FailureOf<Task> = Task extends TE.TaskEither<infer Failure, unknown> ? Failure : never
type Unproved = FailureOf<ReturnType<typeof byCode>> | FailureOf<ReturnType<typeof byPassword>>

const prove = (needs: ProofNeeds, elevation: Elevation, caller: Caller): TE.TaskEither<Unproved, Factor> =>
  'code' in elevation.proof
    ? byCode(needs, elevation, elevation.proof.code, caller)
    : byPassword(needs, elevation, elevation.proof.password, caller)

export const elevateSession = (needs: ProofNeeds) => (elevation: Elevation, caller: Caller) =>
  pipe(
    prove(needs, elevation, caller),
    TE.chainW((factor) => elevate(needs, elevation, factor, caller)),
  )
