import type { Database, Statement } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { readEvent } from '../engine/decode-event.ts'
import { networkBytes } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'
import { positionsWithin } from './audit-days.ts'
import { describeEvent } from './describe-event.ts'

/** `actor` is an account id, `anonymous` or `system`. */
export type AuditEntry = {
  readonly position: number
  readonly at: Instant
  readonly type: string
  readonly account: AccountId | null
  readonly actor: string
  readonly summary: string
  readonly correlationId: string
}

/** `from` and `to` are inclusive. `limit`: 50 by default, 100 at most. */
export type AuditFilter = {
  readonly account?: string | undefined
  readonly type?: string | undefined
  readonly actor?: string | undefined
  readonly network?: BlindIndex | undefined
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Newest first. `next` is `null` on the last page. */
export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly next: string | null }

export type AuditQueries = { readonly page: (filter: AuditFilter) => AuditPage }

const defaultLimit = 50
const greatestLimit = 100

type Row = { readonly position: number; readonly at: Instant; readonly account: AccountId | null }

const isNamed = (actor: string | undefined) => actor !== undefined && actor !== 'anonymous' && actor !== 'system'

/** The most selective filter: a network may be a whole company's, and has more entries than a person. */
const driverOf = ({ account, actor, network }: AuditFilter) => {
  if (account !== undefined) return 'account'
  if (isNamed(actor)) return 'actor'
  return network !== undefined ? 'network' : 'type'
}

/** `+` keeps SQLite from using the index of a less selective filter. */
const conditions = (filter: AuditFilter) => {
  const { account, actor, network, type, from, to } = filter
  const driver = driverOf(filter)
  const column = (name: string) => (name === driver ? `a.${name}` : `+a.${name}`)
  const terms = ['a.position BETWEEN @low AND @high']
  if (account !== undefined) terms.push(`${column('account')} = @account`)
  if (actor === 'anonymous') terms.push('+a.actor IS NULL')
  else if (actor !== undefined) terms.push(`${column('actor')} = @actor`)
  if (driver === 'actor') terms.push('a.actor > 0')
  if (network !== undefined) terms.push(`${column('network')} = @network`)
  if (type !== undefined) terms.push(`${column('type')} = @type`)
  if (from !== undefined) terms.push('a.at >= @from')
  if (to !== undefined) terms.push('a.at <= @to')
  return terms.join(' AND ')
}

const positionIn = (cursor: string | undefined) =>
  cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.MAX_SAFE_INTEGER

export function auditQueries(db: Database, log: LocalLog): AuditQueries {
  const tables = physicalTables(audit)
  const within = positionsWithin(db, tables.audit_days)
  const number = db.prepare<[string], number>(`SELECT number FROM ${tables.audit_names} WHERE name = ?`).pluck()
  const numberOf = (name: string | undefined) => (name === undefined ? null : (number.get(name) ?? -1))
  const statements = new Map<string, Statement<[object], Row>>()

  const statement = (filter: AuditFilter) => {
    const where = conditions(filter)
    const known = statements.get(where)
    if (known !== undefined) return known
    const prepared = db.prepare<[object], Row>(
      `SELECT a.position, a.at, n.name AS account FROM ${tables.audit} a LEFT JOIN ${tables.audit_names} n ON n.number = a.account
       WHERE ${where} ORDER BY a.position DESC LIMIT @limit`,
    )
    statements.set(where, prepared)
    return prepared
  }

  const entryOf = ({ position, at, account }: Row): AuditEntry => {
    const recorded = log.at(position)
    if (recorded === undefined) throw new Error(`the log has no event at position ${position}`)
    const event = readEvent(recorded)
    const { actor, correlationId } = recorded.metadata
    return { position, at, type: event.type, account, actor, summary: describeEvent(event), correlationId }
  }

  // One transaction, because a replica may be emptied between the entries and their events.
  const page = db.transaction((filter: AuditFilter): AuditPage => {
    const { account, actor, network, type, from, to, cursor } = filter
    const limit = Math.min(Math.max(filter.limit ?? defaultLimit, 1), greatestLimit)
    const { low, high } = within(from, to)
    const rows = statement(filter).all({
      account: numberOf(account),
      actor: actor === 'system' ? 0 : numberOf(actor),
      network: network === undefined ? null : networkBytes(network),
      type: numberOf(type),
      from: from ?? null,
      to: to ?? null,
      low,
      high: Math.min(high, positionIn(cursor) - 1),
      limit: limit + 1,
    })
    const entries = rows.slice(0, limit).map(entryOf)
    return { entries, next: rows.length > limit ? String(entries.at(-1)?.position) : null }
  })
  return { page: (filter) => page(filter) }
}
