import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { openedAddress } from '../accounts/find-account.ts'
import { activeAccount } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { hashReplacement, refuseCurrent } from '../passwords/check-new-password.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import { grantSession, type Transport } from '../sessions/grant-session.ts'
import { beginSession } from './begin-session.ts'
import { asOutcome } from './login-outcome.ts'
import { answer, type Found, type GrantNeeds, openChallenge, voidBy } from './open-challenge.ts'

const hashNew = (needs: GrantNeeds, { account }: Found, newPassword: string, caller: Caller) => {
  const { accountId } = account
  const turn = turnOf(caller, accountId)
  return pipe(
    openedAddress(needs, account),
    TE.chainW((email) => hashReplacement(needs, accountId, { password: newPassword, email: email ?? '', turn })),
    TE.chainFirstW(() => refuseCurrent(needs, account, newPassword, turn)),
    TE.chainW((hash) => needs.crypto.vault.seal(accountId, 'password_hash', hash)),
  )
}

/** The account accepts one replacement. It makes the challenge void, so that to record its use is best effort. */
const replace = (needs: GrantNeeds, found: Found, newPassword: string, caller: Caller) => {
  const { accountId } = found.account
  return pipe(
    hashNew(needs, found, newPassword, caller),
    TE.chainW((passwordHash) => {
      const { accountRevision: checkedAt } = found.challenge
      const command = { type: 'changeRequiredPassword' as const, passwordHash, checkedAt, at: needs.journal.now() }
      return voidBy('password_outdated')(needs.journal.decide(streams.account(accountId), command, metadataOf(caller, accountId)))
    }),
    TE.chainW(activeAccount),
    TE.chainFirstTaskK(() => answer(needs, found, null, caller)),
  )
}

type Replacement = { readonly challenge: string; readonly newPassword: string; readonly transport: Transport }

/** For somebody whose password was chosen by somebody else. */
export const replaceRequiredPassword =
  (needs: GrantNeeds) =>
  ({ challenge: token, newPassword, transport }: Replacement, caller: Caller) =>
    pipe(
      openChallenge(needs, token, ['change_password'], caller),
      TE.bindTo('found'),
      TE.bindW('account', ({ found }) => replace(needs, found, newPassword, caller)),
      TE.chainW(({ found: { challenge }, account }) => {
        const { accountId, revision: accountRevision } = account
        // With a second factor, the challenge was issued for its code.
        return challenge.secondFactorRevision >= 0
          ? asOutcome(grantSession(needs)({ accountId, accountRevision, factors: ['pwd', 'otp'], transport }, caller))
          : beginSession(needs)(account, transport, caller)
      }),
      // No code was wrong here.
      TE.mapLeft((failure) => (failure.type === 'second_factor_failed' ? { type: 'invalid_credentials' as const } : failure)),
    )
