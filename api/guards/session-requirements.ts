import type { ClaimValue } from '../../domain/account/events.ts'

/** Everything that is given must hold; of `roles`, one. */
export type SessionRequirements = {
  readonly roles?: readonly string[] | undefined
  readonly claim?: readonly [name: string, value: ClaimValue] | undefined
  readonly elevated?: boolean | undefined
}
