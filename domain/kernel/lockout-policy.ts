import { type Instant, instant } from './instant.ts'

/** Milliseconds. Each lock in a row lasts twice as long as the one before, up to `lockoutMax`. */
export type LockoutPolicy = { readonly maxAttempts: number; readonly lockout: number; readonly lockoutMax: number }

export function lockedUntil({ lockout, lockoutMax }: LockoutPolicy, consecutiveLocks: number, at: Instant) {
  return instant(at + Math.min(lockout * 2 ** (consecutiveLocks - 1), lockoutMax))
}
