import type { TokenHash } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'

/** Milliseconds. */
const challengeLifetime = 300_000

const most = 100

/** Oldest use first. Challenges that were issued at or before `voidThrough` are void, which keeps the list short. */
export type UsedChallenges = { readonly used: ReadonlyMap<TokenHash, Instant>; readonly voidThrough: Instant | null }

export type PresentedChallenge = { readonly challengeHash: TokenHash; readonly issuedAt: Instant }

export const noneUsed: UsedChallenges = { used: new Map(), voidThrough: null }

export function hasExpiredAt(issuedAt: Instant, at: Instant) {
  return at >= issuedAt + challengeLifetime
}

export function isOpenChallenge({ used, voidThrough }: UsedChallenges, { challengeHash, issuedAt }: PresentedChallenge, at: Instant) {
  const isVoid = voidThrough !== null && issuedAt <= voidThrough
  return !used.has(challengeHash) && !isVoid && issuedAt <= at && !hasExpiredAt(issuedAt, at)
}

const later = (a: Instant | null, b: Instant) => (a === null ? b : instant(Math.max(a, b)))

export function use({ used, voidThrough }: UsedChallenges, { challengeHash, issuedAt }: PresentedChallenge, at: Instant): UsedChallenges {
  const open = [...used].filter(([, issued]) => !hasExpiredAt(issued, at))
  const all = [...open, [challengeHash, issuedAt] as const]
  const dropped = all.slice(0, -most)
  return {
    used: new Map(all.slice(-most)),
    voidThrough: dropped.reduce<Instant | null>((through, [, issued]) => later(through, issued), voidThrough),
  }
}
