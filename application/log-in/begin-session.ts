import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { loginStream, secondFactorStream } from '../../domain/kernel/streams.ts'
import type { Refusal as LoginRefusal } from '../../domain/login/decider.ts'
import type { ChallengeUse } from '../../domain/login/events.ts'
import type { Refusal as SessionRefusal } from '../../domain/session/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { KeyShredded, Undeliverable } from '../ports/ports.ts'
import { sendCodeAlong } from '../second-factor/deliver-code.ts'
import { mustHaveSecondFactor } from '../second-factor/second-factor-required.ts'
import { grantSession, type SessionInHand, type Transport } from '../sessions/grant-session.ts'

/** What a right password leads to. A challenge is shown once; it is for this account, this password and this second factor only. */
export type Begun =
  | ({ readonly type: 'authenticated' } & SessionInHand)
  | { readonly type: 'challenged'; readonly use: ChallengeUse; readonly challenge: string }

const challenge = (needs: Dependencies, account: Registered, factorSince: number, use: ChallengeUse, caller: Caller) => {
  const { handle, aggregates, now, tokens } = needs
  const { accountId, emailIndex, revision: accountRevision } = account
  const token = `${accountId}.${tokens.make()}`
  const command = { type: 'challenge' as const, challengeHash: tokens.hash(token), accountId, accountRevision, factorSince, use, at: now() }
  return pipe(
    handle(aggregates.login, loginStream(emailIndex), command, metadataOf(caller, accountId)),
    TE.chainFirstW(() => (use === 'verify' ? sendCodeAlong(needs)(accountId, caller) : TE.right(undefined))),
    TE.map((): Begun => ({ type: 'challenged', use, challenge: token })),
  )
}

type BeginFailure = StoreFailure | KeyShredded | Undeliverable | LoginRefusal | SessionRefusal

/**
 * The one way from a right password to a session: past the second factor, where there is one or a role asks for it. `account` is as it was read before the
 * password was checked.
 */
export const beginSession = (needs: Dependencies) => (account: Registered, transport: Transport, caller: Caller) => {
  const { accountId, revision: accountRevision } = account
  return pipe(
    TE.Do,
    TE.bindW('mustHaveFactor', () => mustHaveSecondFactor(needs)(account)),
    TE.bindW('factor', () => needs.load(needs.aggregates.secondFactor, secondFactorStream(accountId))),
    TE.chainW(({ mustHaveFactor, factor: { state } }): TE.TaskEither<BeginFailure, Begun> => {
      if (state.factor.type === 'active') return challenge(needs, account, state.factor.since, 'verify', caller)
      if (mustHaveFactor) return challenge(needs, account, -1, 'enroll', caller)
      return pipe(
        grantSession(needs)({ accountId, accountRevision, factors: ['pwd'], transport }, caller),
        TE.map((inHand): Begun => ({ type: 'authenticated', ...inHand })),
      )
    }),
  )
}
