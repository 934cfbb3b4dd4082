import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import type { Refusal as LoginRefusal } from '../../domain/login/decider.ts'
import type { ChallengePurpose } from '../../domain/login/events.ts'
import type { Refusal as SessionRefusal } from '../../domain/session/decider.ts'
import type { Caller } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { Undeliverable } from '../ports/mail.ts'
import type { KeyShredded } from '../ports/vault.ts'
import { sendCodeAlong } from '../second-factor/deliver-code.ts'
import { secondFactorRequired } from '../second-factor/second-factor-required.ts'
import { grantSession, type Transport } from '../sessions/grant-session.ts'
import { asOutcome, firstFactor, issueChallenge, type LoginOutcome } from './login-outcome.ts'

type BeginFailure = StoreFailure | KeyShredded | Undeliverable | LoginRefusal | SessionRefusal

/** What the account owes beside its password or key. A key does not ask for another password. A second factor is proved before the password is replaced, and enrolled after that. */
const owed = (mustChangePassword: boolean, hasFactor: boolean, mustHaveFactor: boolean): ChallengePurpose | null => {
  if (hasFactor) return 'verify'
  if (mustChangePassword) return 'change_password'
  return mustHaveFactor ? 'enroll' : null
}

/** The only way from a correct password, or the signature of `key`, to a session. `account` was read before it was checked. */
export const beginSession =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  (account: Registered, transport: Transport, caller: Caller, key: UsedKey | null = null) => {
    const { accountId, revision: accountRevision } = account
    return pipe(
      TE.Do,
      TE.bindW('mustHaveFactor', () => secondFactorRequired(needs)(account)),
      TE.bindW('secondFactor', () => needs.journal.load(streams.secondFactor(accountId))),
      TE.chainW(({ mustHaveFactor, secondFactor: { state } }): TE.TaskEither<BeginFailure, LoginOutcome> => {
        const { factor, entry } = state
        const purpose = owed(key === null && account.passwordChangeRequired, factor.type === 'active', mustHaveFactor)
        if (purpose === null)
          return asOutcome(grantSession(needs)({ accountId, accountRevision, factors: [firstFactor(key)], key, transport }, caller))
        const secondFactorRevision = factor.type === 'active' ? factor.since : -1
        return pipe(
          issueChallenge(needs, account, { accountRevision, secondFactorRevision, codeLocks: entry.locks, purpose, key }, caller),
          TE.chainFirstW(() => (purpose === 'verify' ? sendCodeAlong(needs)(accountId, caller) : TE.right(undefined))),
        )
      }),
    )
  }
