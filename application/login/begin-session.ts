import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { Refusal as LoginRefusal } from '../../domain/login/decider.ts'
import type { ChallengePurpose } from '../../domain/login/events.ts'
import type { State as SecondFactor } from '../../domain/second-factor/decider.ts'
import type { Refusal as SessionRefusal } from '../../domain/session/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { Undeliverable } from '../ports/mail.ts'
import type { KeyShredded } from '../ports/vault.ts'
import { sendCodeAlong } from '../second-factor/deliver-code.ts'
import { secondFactorRequired } from '../second-factor/second-factor-required.ts'
import { grantSession, type IssuedSession, type Transport } from '../sessions/grant-session.ts'

/** A challenge is shown once, and is bound to this account, password and second factor. */
export type LoginOutcome =
  | ({ readonly type: 'authenticated' } & IssuedSession)
  | { readonly type: 'challenged'; readonly purpose: ChallengePurpose; readonly challenge: string }

const challenge = (
  needs: Needs<'journal' | 'crypto'>,
  account: Registered,
  secondFactor: SecondFactor,
  purpose: ChallengePurpose,
  caller: Caller,
) => {
  const { journal, crypto } = needs
  const { accountId, emailIndex, revision: accountRevision } = account
  const token = `${accountId}.${crypto.tokens.make()}`
  const command = {
    type: 'challenge' as const,
    challengeHash: crypto.tokens.hash(token),
    accountId,
    accountRevision,
    secondFactorRevision: secondFactor.factor.type === 'active' ? secondFactor.factor.since : -1,
    codeLocks: secondFactor.entry.locks,
    purpose,
    at: journal.now(),
  }
  return pipe(
    journal.decide(streams.login(emailIndex), command, metadataOf(caller, accountId)),
    TE.chainFirstW(() => (purpose === 'verify' ? sendCodeAlong(needs)(accountId, caller) : TE.right(undefined))),
    TE.map((): LoginOutcome => ({ type: 'challenged', purpose, challenge: token })),
  )
}

type BeginFailure = StoreFailure | KeyShredded | Undeliverable | LoginRefusal | SessionRefusal

/** The only way from a correct password to a session. `account` was read before the password was checked. */
export const beginSession =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) => (account: Registered, transport: Transport, caller: Caller) => {
    const { accountId, revision: accountRevision } = account
    return pipe(
      TE.Do,
      TE.bindW('mustHaveFactor', () => secondFactorRequired(needs)(account)),
      TE.bindW('factor', () => needs.journal.load(streams.secondFactor(accountId))),
      TE.chainW(({ mustHaveFactor, factor: { state } }): TE.TaskEither<BeginFailure, LoginOutcome> => {
        if (state.factor.type === 'active') return challenge(needs, account, state, 'verify', caller)
        if (mustHaveFactor) return challenge(needs, account, state, 'enroll', caller)
        return pipe(
          grantSession(needs)({ accountId, accountRevision, factors: ['pwd'], transport }, caller),
          TE.map((issued): LoginOutcome => ({ type: 'authenticated', ...issued })),
        )
      }),
    )
  }
