import { type Instant, instant } from '../kernel/instant.ts'

/** `maxAttempts` passwords are checked before a lock; the first lasts `lockout` milliseconds, each further one in a row twice as long, up to `lockoutMax`. */
export type LockoutPolicy = { readonly maxAttempts: number; readonly lockout: number; readonly lockoutMax: number }

/** `run` counts from 1. */
export function lockedUntil({ lockout, lockoutMax }: LockoutPolicy, run: number, at: Instant) {
  return instant(at + Math.min(lockout * 2 ** (run - 1), lockoutMax))
}
