import { left, right } from 'fp-ts/lib/Either.js'
import type { AccountId, TokenHash } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { LockoutPolicy } from '../kernel/lockout-policy.ts'
import type { UsedKey } from '../kernel/used-key.ts'
import { ChallengeAnswered, ChallengeIssued, type ChallengePurpose, ChallengeVoided, type LoginEvent } from './events.ts'

export type Challenge = {
  readonly accountId: AccountId
  readonly accountRevision: number
  readonly secondFactorRevision: number
  readonly codeLocks: number
  readonly purpose: ChallengePurpose
  /** Null after a password. */
  readonly key: UsedKey | null
  readonly issuedAt: Instant
}

/** Milliseconds. A challenge has no time limit where `challengeLifetime` is null. */
export type LoginPolicy = LockoutPolicy & { readonly challengeLifetime: number | null }

/** Oldest first. Their number is bounded, because they may have no time limit. */
export type Challenges = ReadonlyMap<TokenHash, Challenge>

const most = 10

export const none: Challenges = new Map()

export type VoidReason = 'credentials_changed' | 'account_not_active' | 'too_many_failures'

export type ChallengeCommand =
  | ({ type: 'challenge'; challengeHash: TokenHash; at: Instant } & Omit<Challenge, 'issuedAt'>)
  | { type: 'answer'; challengeHash: TokenHash; void: VoidReason | null; at: Instant }

/** A lock leaves them: whoever guesses passwords must not end the login of somebody who knows theirs. */
export function evolveChallenges(challenges: Challenges, event: LoginEvent): Challenges {
  switch (event.type) {
    case 'ChallengeIssued': {
      const { challengeHash, at: issuedAt, ...challenge } = event.data
      return new Map([...challenges, [challengeHash, { ...challenge, issuedAt }] as const].slice(-most))
    }
    case 'ChallengeAnswered':
    case 'ChallengeVoided':
      return new Map([...challenges].filter(([hash]) => hash !== event.data.challengeHash))
    default:
      return challenges
  }
}

export function hasEnded({ challengeLifetime }: Pick<LoginPolicy, 'challengeLifetime'>, { issuedAt }: Challenge, at: Instant) {
  return challengeLifetime !== null && at >= issuedAt + challengeLifetime
}

export function decideChallenge(policy: LoginPolicy, command: ChallengeCommand, challenges: Challenges) {
  const { challengeHash, at } = command
  if (command.type === 'challenge') {
    const { type: _, ...issued } = command
    return right([ChallengeIssued(issued)])
  }
  const challenge = challenges.get(challengeHash)
  if (challenge === undefined || hasEnded(policy, challenge, at)) return left({ type: 'no_such_challenge' as const })
  return right([
    command.void === null ? ChallengeAnswered({ challengeHash, at }) : ChallengeVoided({ challengeHash, because: command.void, at }),
  ])
}
