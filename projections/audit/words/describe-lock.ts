import type { Instant } from '../../../domain/kernel/instant.ts'
import { timeText } from './time-text.ts'

const ordinal = (n: number) => {
  const teen = n % 100 >= 11 && n % 100 <= 13
  const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th')
  return `${n}${ending}`
}

export function describeLock(what: string, { until, consecutiveLocks }: { readonly until: Instant; readonly consecutiveLocks: number }) {
  return `${what} until ${timeText(until)} (${ordinal(consecutiveLocks)} time in a row)`
}
