import { SystemActor } from '../../../domain/kernel/ids.ts'
import type { physicalTables } from '../../engine/read-model.ts'
import type { audit } from '../audit.ts'
import type { AuditFilter, Place } from './audit-filter.ts'

type Tables = ReturnType<typeof physicalTables<keyof typeof audit.tables>>

/**
 * `source` yields the rows that an index finds, by `position`. `join` adds the table of the trail where it is not the source. `driving` are
 * answered by the index. `others` may refuse any number of rows.
 */
export type AuditSearch = {
  readonly source: string
  readonly join: string
  readonly position: string
  readonly driving: string
  readonly others: readonly string[]
}

const isNamed = (actor: string | undefined) => actor !== undefined && actor !== 'anonymous' && actor !== 'system' && !SystemActor.is(actor)

/** The most selective filter: a network may be a whole company's, and has more entries than a person. */
const driverOf = ({ correlation, session, account, actor, network, types }: AuditFilter) => {
  if (correlation !== undefined) return 'correlation'
  if (session !== undefined) return 'session'
  if (account !== undefined) return 'account'
  if (isNamed(actor)) return 'actor'
  if (network !== undefined) return 'network'
  if (types === undefined) return undefined
  return types.length === 1 ? 'type' : 'types'
}

const unnamed: ReadonlyMap<string, string> = new Map([
  ['anonymous', '+a.actor IS NULL'],
  ['system', '+a.actor <= 0'],
])

type Driver = ReturnType<typeof driverOf>

const typeParameters = (types: readonly string[]) => types.map((_, index) => `@type${index}`)

/** Each type by its index, so that two rare ones are found as quickly as one. */
const ofAnyType = (table: string, types: readonly string[], direction: Place['direction'], rows: number) => {
  const ordered = `ORDER BY position ${direction === 'older' ? 'DESC' : 'ASC'} LIMIT ${rows}`
  const ofOne = typeParameters(types).map(
    (type) => `SELECT * FROM (SELECT position FROM ${table} WHERE type = ${type} AND position BETWEEN @low AND @high ${ordered})`,
  )
  return `(SELECT position FROM (${ofOne.join(' UNION ALL ')}) ${ordered})`
}

const placed = (position: string) => `${position} BETWEEN @low AND @high`

/** `+` keeps SQLite from using the index of a condition that is not the driving one. */
const conditionsOf = (filter: AuditFilter, driver: Driver, links: string) => {
  const { account, actor, network, session, types, from, to } = filter
  const driving: string[] = []
  const others: string[] = []
  const equal = (name: string) => (name === driver ? driving.push(`a.${name} = @${name}`) : others.push(`+a.${name} = @${name}`))
  if (account !== undefined) equal('account')
  const ofUnnamed = unnamed.get(actor ?? '')
  if (ofUnnamed !== undefined) others.push(ofUnnamed)
  else if (actor !== undefined) equal('actor')
  if (driver === 'actor') driving.push('a.actor > 0')
  if (network !== undefined) equal('network')
  if (driver === 'type') driving.push('a.type = @type0')
  else if (types !== undefined && driver !== 'types') others.push(`+a.type IN (${typeParameters(types).join(', ')})`)
  if (session !== undefined && driver !== 'session')
    others.push(`EXISTS (SELECT 1 FROM ${links} s WHERE s.key = @session AND s.position = a.position)`)
  if (from !== undefined) others.push('a.at >= @from')
  if (to !== undefined) others.push('a.at <= @to')
  return { driving, others }
}

export function auditSearch(filter: AuditFilter, tables: Tables, direction: Place['direction'], rows: number): AuditSearch {
  const driver = driverOf(filter)
  const { driving, others } = conditionsOf(filter, driver, tables.audit_links)
  const trail = (of: string) => `CROSS JOIN ${tables.audit} a ON a.position = ${of}`
  if (driver === 'types') {
    const source = `${ofAnyType(tables.audit, filter.types ?? [], direction, rows)} c`
    return { source, join: trail('c.position'), position: 'c.position', driving: placed('c.position'), others }
  }
  if (driver === 'correlation' || driver === 'session') {
    const found = `l.key = @${driver} AND ${placed('l.position')}`
    return { source: `${tables.audit_links} l`, join: trail('l.position'), position: 'l.position', driving: found, others }
  }
  const found = [placed('a.position'), ...driving].join(' AND ')
  return { source: `${tables.audit} a`, join: '', position: 'a.position', driving: found, others }
}
