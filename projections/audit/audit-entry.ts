import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { categoryOf } from '../../domain/kernel/streams.ts'
import { readEvent } from '../engine/decode-event.ts'
import { describeEvent } from './describe-event.ts'
import { sessionsOf } from './entry-sessions.ts'
import { typeBefore } from './type-before.ts'

/**
 * `actor` is an account id, `anonymous`, `system`, or `system:` and the name of a part. `session`: the id of the session that the event is
 * about, else of the one in which it was asked for; `isOfActor` then says that it is the actor's.
 */
export type AuditEntry = {
  readonly position: number
  readonly at: Instant
  readonly type: string
  readonly account: AccountId | null
  readonly actor: string
  readonly summary: string
  readonly session: string | null
  readonly isOfActor: boolean
  readonly correlationId: string
}

export type AuditRow = Pick<AuditEntry, 'position' | 'at' | 'account'>

/** `ipAddress`: of the caller, `null` if the event does not record it. */
export type ListedEntry = AuditEntry & { readonly ipAddress: Sealed | null }

/** `sessions`: all that the event belongs to. */
type LinkedEntry = { readonly entry: ListedEntry; readonly sessions: readonly string[] }

export const linkedEntryIn =
  (log: LocalLog) =>
  ({ position, at, account }: AuditRow): LinkedEntry => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    const event = readEvent(recorded)
    const sessions = sessionsOf(recorded)
    const { actor, correlationId } = recorded.metadata
    const entry = {
      ...{ position, at, type: typeBefore(event), account, actor, summary: describeEvent(event), correlationId },
      session: sessions[0] ?? null,
      isOfActor: sessions.length > 0 && categoryOf(recorded.stream) !== 'session',
      ipAddress: 'ipAddress' in event.data ? event.data.ipAddress : null,
    }
    return { entry, sessions }
  }

export const entryIn = (log: LocalLog) => {
  const linked = linkedEntryIn(log)
  return (row: AuditRow): AuditEntry => {
    const { ipAddress: _, ...entry } = linked(row).entry
    return entry
  }
}
