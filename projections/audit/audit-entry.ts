import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
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

/** `ipAddress`: of the caller, `null` if the event does not record it. */
export type ListedEntry = AuditEntry & { readonly ipAddress: Sealed | null }

export const listedEntryIn =
  (log: LocalLog) =>
  ({ position, at, account }: AuditRow): ListedEntry => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    const event = readEvent(recorded)
    const { actor, correlationId } = recorded.metadata
    const ipAddress = 'ipAddress' in event.data ? event.data.ipAddress : null
    return { position, at, type: typeBefore(event), account, actor, summary: describeEvent(event), correlationId, ipAddress }
  }

export const entryIn = (log: LocalLog) => {
  const listed = listedEntryIn(log)
  return (row: AuditRow): AuditEntry => {
    const { ipAddress: _, ...entry } = listed(row)
    return entry
  }
}
