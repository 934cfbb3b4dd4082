import { type Instant, instant } from '../kernel/instant.ts'

/** `lockout`: milliseconds. */
export type CodePolicy = { readonly maxAttempts: number; readonly lockout: number }

export function codesLockedUntil({ lockout }: CodePolicy, at: Instant) {
  return instant(at + lockout)
}
