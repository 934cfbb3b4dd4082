import type { BlindIndex } from '../../../domain/kernel/ids.ts'
import type { Instant } from '../../../domain/kernel/instant.ts'

/** All of it holds for an entry. `types`: one of them. `session`, `correlation`: ids. `from` and `to` are inclusive. */
export type AuditFilter = {
  readonly account?: string | undefined
  readonly types?: readonly string[] | undefined
  readonly actor?: string | undefined
  readonly network?: BlindIndex | undefined
  readonly session?: string | undefined
  readonly correlation?: string | undefined
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
}

export type AuditOrder = 'newest' | 'oldest'

/** The entries on one side of a position, without the one at it. */
export type Place = { readonly direction: 'older' | 'newer'; readonly beyond: number }

/** `order`: newest first by default. `limit`: 50 by default, 100 at most. */
export type AuditRequest = AuditFilter & {
  readonly order?: AuditOrder | undefined
  readonly place?: Place | undefined
  readonly limit?: number | undefined
}
