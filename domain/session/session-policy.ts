import { type Instant, instant } from '../kernel/instant.ts'

/** Durations in milliseconds. `absolute` bounds a session however busy it is (OWASP ASVS 5, 7.3). */
export type SessionPolicy = {
  readonly idle: number
  readonly absolute: number
  readonly elevation: number
  readonly refresh: number
  /** For how long a refresh token that was just used returns the same successor again; 0 for never. */
  readonly refreshGrace: number
  readonly maxFailures: number
}

const within = (expiresAt: Instant, at: Instant, duration: number) => instant(Math.min(at + duration, expiresAt))

export function idleExpiry(policy: SessionPolicy, at: Instant, expiresAt: Instant) {
  return within(expiresAt, at, policy.idle)
}
export function refreshExpiry(policy: SessionPolicy, at: Instant, expiresAt: Instant) {
  return within(expiresAt, at, policy.refresh)
}
export function elevationExpiry(policy: SessionPolicy, at: Instant, expiresAt: Instant) {
  return within(expiresAt, at, policy.elevation)
}

export function isInGrace({ refreshGrace }: SessionPolicy, rotatedAt: Instant, at: Instant) {
  return refreshGrace > 0 && at < rotatedAt + refreshGrace
}

/** A twelfth of the idle time: one write in two hours by default. */
export function worthExtending({ idle }: SessionPolicy, lastSeenAt: Instant, at: Instant) {
  return at - lastSeenAt >= idle / 12
}
