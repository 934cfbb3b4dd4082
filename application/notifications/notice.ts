import type { Instant } from '../../domain/kernel/instant.ts'

/** What the owner is told by mail, because somebody else may have done it. */
export type Notice =
  | {
      readonly type: 'password_changed' | 'second_factor_added' | 'second_factor_removed' | 'recovery_codes_replaced'
      readonly at: Instant
    }
  | { readonly type: 'locked_out'; readonly at: Instant; readonly until: Instant }
  | { readonly type: 'log_in_after_failures'; readonly at: Instant; readonly failures: number }
