import type { Context } from '../api/context.ts'
import type { SessionGuardNeeds } from '../api/guards/require-session.ts'
import type { Positions } from '../api/http/positions.ts'

/** What the calls of a host app need beside the context of the routes. */
export type HostNeeds = Context & {
  readonly sessionGuard: SessionGuardNeeds
  /** Left out where the read models are rows of the log's own transactions. */
  readonly positions: Positions | undefined
}
