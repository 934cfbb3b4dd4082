import type { Database } from 'better-sqlite3'
import { SystemActor } from '../../../domain/kernel/ids.ts'
import { networkBytes } from '../../engine/id-bytes.ts'
import { physicalTables } from '../../engine/read-model.ts'
import { audit } from '../audit.ts'
import { positionsWithin } from '../audit-days.ts'
import type { AuditFilter, Place } from './audit-filter.ts'
import { linkKey } from './link-key.ts'

/** The number of no actor. */
const nobody = Number.MIN_SAFE_INTEGER

/** The values of the names in an `AuditSearch`. */
export function auditParameters(db: Database) {
  const tables = physicalTables(audit)
  const within = positionsWithin(db, tables.audit_days)
  const number = db.prepare<[string], number>(`SELECT number FROM ${tables.audit_names} WHERE name = ?`).pluck()
  const numberOf = (name: string | undefined) => (name === undefined ? null : (number.get(name) ?? -1))
  const actorNumber = (actor: string | undefined) => {
    const named = numberOf(actor)
    if (named === null || !SystemActor.is(actor)) return named
    return named === -1 ? nobody : -named
  }
  const keyOf = (id: string | undefined) => (id === undefined ? null : linkKey(id))

  return ({ account, actor, network, types = [], session, correlation, from, to }: AuditFilter, place: Place | undefined) => {
    const { low, high } = within(from, to)
    const { direction, beyond = 0 } = place ?? {}
    return {
      account: numberOf(account),
      actor: actorNumber(actor),
      network: network === undefined ? null : networkBytes(network),
      session: keyOf(session),
      correlation: keyOf(correlation),
      ...Object.fromEntries(types.map((type, index) => [`type${index}`, numberOf(type)])),
      from: from ?? null,
      to: to ?? null,
      low: direction === 'newer' ? Math.max(low, beyond + 1) : low,
      high: direction === 'older' ? Math.min(high, beyond - 1) : high,
    }
  }
}
