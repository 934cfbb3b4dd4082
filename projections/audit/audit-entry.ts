import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { readEvent } from '../engine/decode-event.ts'
import { describeEvent } from './describe-event.ts'
import { typeBefore } from './type-before.ts'

/** `actor` is an account id, `anonymous`, `system`, or `system:` and the name of a part. */
export type AuditEntry = {
  readonly position: number
  readonly at: Instant
  readonly type: string
  readonly account: AccountId | null
  readonly actor: string
  readonly summary: string
  readonly correlationId: string
}

export type AuditRow = Pick<AuditEntry, 'position' | 'at' | 'account'>

export const entryIn =
  (log: LocalLog) =>
  ({ position, at, account }: AuditRow): AuditEntry => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    const event = readEvent(recorded)
    const { actor, correlationId } = recorded.metadata
    return { position, at, type: typeBefore(event), account, actor, summary: describeEvent(event), correlationId }
  }
