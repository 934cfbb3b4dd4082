import { left, right } from 'fp-ts/lib/Either.js'
import type { AccountId, TokenHash } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { ChallengeAnswered, ChallengeIssued, type ChallengePurpose, ChallengeVoided, type LoginEvent } from './events.ts'

export type Challenge = {
  readonly accountId: AccountId
  readonly accountRevision: number
  readonly secondFactorRevision: number
  readonly purpose: ChallengePurpose
}

/** Oldest first. They have no time limit, so their number is bounded. */
export type Challenges = ReadonlyMap<TokenHash, Challenge>

const most = 10

export const none: Challenges = new Map()

type VoidReason = 'credentials_changed' | 'account_not_active'

export type ChallengeCommand =
  | ({ type: 'challenge'; challengeHash: TokenHash; at: Instant } & Challenge)
  | { type: 'answer'; challengeHash: TokenHash; void: VoidReason | null; at: Instant }

/** A lock voids every challenge: whoever caused it may hold one. */
export function evolveChallenges(challenges: Challenges, event: LoginEvent): Challenges {
  switch (event.type) {
    case 'ChallengeIssued': {
      const { challengeHash, at: _, ...challenge } = event.data
      return new Map([...challenges, [challengeHash, challenge] as const].slice(-most))
    }
    case 'ChallengeAnswered':
    case 'ChallengeVoided':
      return new Map([...challenges].filter(([hash]) => hash !== event.data.challengeHash))
    case 'LoginLocked':
      return none
    case 'LoginSummarized':
      return new Map(event.data.challenges.map(({ challengeHash, ...challenge }) => [challengeHash, challenge]))
    default:
      return challenges
  }
}

export function decideChallenge(command: ChallengeCommand, challenges: Challenges) {
  const { challengeHash, at } = command
  if (command.type === 'challenge') {
    const { type: _, ...issued } = command
    return right([ChallengeIssued(issued)])
  }
  if (!challenges.has(challengeHash)) return left({ type: 'no_such_challenge' as const })
  return right([
    command.void === null ? ChallengeAnswered({ challengeHash, at }) : ChallengeVoided({ challengeHash, because: command.void, at }),
  ])
}
