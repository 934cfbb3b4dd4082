import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Registered, survivesSince } from '../../domain/account/state.ts'
import { AccountId, type TokenHash } from '../../domain/kernel/ids.ts'
import { type Challenge, hasEnded, type VoidReason } from '../../domain/login/challenges.ts'
import type { Refusal as LoginRefusal } from '../../domain/login/decider.ts'
import type { ChallengePurpose } from '../../domain/login/events.ts'
import { isGuessing } from '../../domain/second-factor/code-policy.ts'
import type { State as SecondFactor } from '../../domain/second-factor/decider.ts'
import { findAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { isCurrentKey } from '../identities/find-identity.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'

export type GrantNeeds = Needs<'journal' | 'crypto' | 'policy'>

export type Found = { readonly account: Registered; readonly challenge: Challenge; readonly challengeHash: TokenHash }

type Failed = { readonly type: 'second_factor_failed' }
const failed: Failed = { type: 'second_factor_failed' }

const ownerOf = (token: string): TE.TaskEither<Failed, AccountId> => {
  const id = token.slice(0, token.indexOf('.'))
  return AccountId.is(id) ? TE.right(id) : TE.left(failed)
}

/** Of several callers one uses it. */
export function answer(needs: Needs<'journal'>, { account, challengeHash }: Found, because: VoidReason | null, caller: Caller) {
  const command = { type: 'answer' as const, challengeHash, void: because, at: needs.journal.now() }
  return pipe(
    needs.journal.decide(streams.login(account.loginIndex), command, metadataOf(caller, account.accountId)),
    TE.mapLeft((failure) => (failure.type === 'no_such_challenge' ? failed : failure)),
  )
}

const find = (needs: GrantNeeds, token: string, uses: readonly ChallengePurpose[]) =>
  pipe(
    ownerOf(token),
    TE.chainW((accountId) => findAccount(needs)(accountId)),
    TE.chainW((account): TE.TaskEither<Failed, Registered> => (account?.type === 'active' ? TE.right(account) : TE.left(failed))),
    TE.bindTo('account'),
    TE.bindW('login', ({ account }) => needs.journal.load(streams.login(account.loginIndex))),
    TE.chainW(({ account, login }): TE.TaskEither<Failed, Found> => {
      const challengeHash = needs.crypto.tokens.hash(token)
      const challenge = login.state.challenges.get(challengeHash)
      const isOpen = challenge !== undefined && !hasEnded(needs.policy, challenge, needs.journal.now())
      const fits = isOpen && challenge.accountId === account.accountId && uses.includes(challenge.purpose)
      return fits ? TE.right({ account, challenge, challengeHash }) : TE.left(failed)
    }),
  )

const voidReason = ({ account, challenge }: Found, { factor, entry }: SecondFactor, isCurrent: boolean): VoidReason | null => {
  const { accountRevision, secondFactorRevision, codeLocks } = challenge
  const since = factor.type === 'active' ? factor.since : -1
  if (!isCurrent || !survivesSince(account, accountRevision) || since !== secondFactorRevision) return 'credentials_changed'
  return isGuessing(codeLocks, entry.locks) ? 'too_many_failures' : null
}

/** Records a challenge that has become void. */
export function openChallenge(needs: GrantNeeds, token: string, uses: readonly ChallengePurpose[], caller: Caller) {
  return pipe(
    find(needs, token, uses),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === failed.type) needs.journal.countRefusedGuess('challenge', caller)
    }),
    TE.bindTo('found'),
    TE.bindW('factor', ({ found }) => needs.journal.load(streams.secondFactor(found.account.accountId))),
    TE.bindW('isCurrent', ({ found }) => isCurrentKey(needs)(found.challenge.key)),
    TE.chainW(({ found, factor: { state }, isCurrent }): TE.TaskEither<Failed | StoreFailure | LoginRefusal, Found> => {
      const because = voidReason(found, state, isCurrent)
      if (because === null) return TE.right(found)
      return pipe(
        answer(needs, found, because, caller),
        TE.chainW(() => TE.left(failed)),
      )
    }),
  )
}

/** The account changed meanwhile: the challenge is as void as if it had changed before. */
export const voidBy =
  (...reasons: readonly string[]) =>
  <E extends { readonly type: string }, A>(task: TE.TaskEither<E, A>) =>
    pipe(
      task,
      TE.mapLeft((failure): E | Failed => (reasons.includes(failure.type) ? failed : failure)),
    )
