import { guardHook } from '../../api/guards/guard-hook.ts'
import type { Guards } from '../../api/guards/guards.ts'
import type { ClaimValue } from '../../domain/account/events.ts'

/** For `onRequest` of your own routes. Each refuses forged requests with the session cookie too, and decides again after the body. */
export function hostGuards(guards: Guards, needs: Parameters<typeof guardHook>[0]) {
  const hookOf = guardHook(needs)
  return {
    session: hookOf(guards.authenticated),
    /** Lets anybody in; `optionalSessionOf` tells who it is. */
    optional: hookOf(guards.optional),
    elevated: hookOf(guards.authenticatedElevated),
    role: (role: string) => hookOf(guards.role(role)),
    anyRole: (first: string, ...others: readonly string[]) => hookOf(guards.anyRole([first, ...others])),
    claim: (name: string, value: ClaimValue) => hookOf(guards.claim(name, value)),
    elevatedClaim: (name: string, value: ClaimValue) => hookOf(guards.elevatedClaim(name, value)),
  }
}
