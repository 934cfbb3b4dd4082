import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { describeEvent } from '../audit/describe-event.ts'
import { typeBefore } from '../audit/type-before.ts'
import { readEvent } from '../engine/decode-event.ts'

/**
 * `session`: the event names the session, or is its own. `account`: it names none, and the account of the session did it while the session
 * may have lived, as events of before `sessionId` was recorded do.
 */
export type Attribution = 'session' | 'account'

export type DerivedEntry = {
  readonly position: number
  readonly at: Instant
  readonly type: string
  readonly account: AccountId | null
  readonly actor: string
  readonly summary: string
  readonly attributedBy: Attribution
}

export type RadiusRow = { readonly position: number; readonly at: Instant; readonly account: AccountId | null }

export const derivedEntry =
  (log: LocalLog) =>
  ({ position, at, account }: RadiusRow, attributedBy: Attribution): DerivedEntry => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    const event = readEvent(recorded)
    const { actor } = recorded.metadata
    return { position, at, type: typeBefore(event), account, actor, summary: describeEvent(event), attributedBy }
  }
