import { type BlindIndex, SystemActor } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'

/** `from` and `to` are inclusive. `limit`: 50 by default, 100 at most. */
export type AuditFilter = {
  readonly account?: string | undefined
  readonly type?: string | undefined
  readonly actor?: string | undefined
  readonly network?: BlindIndex | undefined
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly before?: number | undefined
  readonly limit?: number | undefined
}

const isNamed = (actor: string | undefined) => actor !== undefined && actor !== 'anonymous' && actor !== 'system' && !SystemActor.is(actor)

/** The most selective filter: a network may be a whole company's, and has more entries than a person. */
const driverOf = ({ account, actor, network, type }: AuditFilter) => {
  if (account !== undefined) return 'account'
  if (isNamed(actor)) return 'actor'
  if (network !== undefined) return 'network'
  return type === undefined ? undefined : 'type'
}

/** `driving` are answered by an index. `others` may refuse any number of rows; `+` keeps SQLite from using their index. */
export function auditConditions(filter: AuditFilter) {
  const { account, actor, network, type, from, to } = filter
  const driver = driverOf(filter)
  const driving = ['a.position BETWEEN @low AND @high']
  const others: string[] = []
  const equal = (name: string) => (name === driver ? driving.push(`a.${name} = @${name}`) : others.push(`+a.${name} = @${name}`))
  if (account !== undefined) equal('account')
  if (actor === 'anonymous') others.push('+a.actor IS NULL')
  else if (actor === 'system') others.push('+a.actor <= 0')
  else if (actor !== undefined) equal('actor')
  if (driver === 'actor') driving.push('a.actor > 0')
  if (network !== undefined) equal('network')
  if (type !== undefined) equal('type')
  if (from !== undefined) others.push('a.at >= @from')
  if (to !== undefined) others.push('a.at <= @to')
  return { driving: driving.join(' AND '), others }
}
