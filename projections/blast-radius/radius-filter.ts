import type { AccountId, BlindIndex, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'

/** Where somebody came in: `network` is the keyed hash of one. */
export type RadiusOrigin =
  | { readonly by: 'network'; readonly network: BlindIndex }
  | { readonly by: 'account'; readonly account: AccountId }
  | { readonly by: 'session'; readonly session: SessionId }

/** `from` and `to` are inclusive, and of the attempts and the grants. `after`: the position at which the page before ended. */
export type RadiusFilter = {
  readonly origin: RadiusOrigin
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly after?: number | undefined
}
