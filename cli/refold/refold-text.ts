import type { RefoldResult } from '../../library/refold/collect-differences.ts'
import type { Difference } from '../../projections/refold/difference.ts'
import { printable } from '../operator/columns.ts'

const sentence = (difference: Difference): string => {
  switch (difference.what) {
    case 'missing':
      return `${difference.table} ${difference.key}: the row is missing`
    case 'unexpected':
      return `${difference.table} ${difference.key}: nothing in the log leads to this row`
    case 'different':
      return `${difference.table} ${difference.key}: ${difference.column} is ${difference.found}, expected ${difference.expected}`
    case 'version':
      return `${difference.model}: kept by handlers of version ${difference.found}, this Gatebook has ${difference.expected}: not compared`
    case 'position':
      return `${difference.model}: kept up to position ${difference.found} of ${difference.expected}: not compared`
  }
}

export function differenceText(difference: Difference): string {
  return printable(sentence(difference))
}

const counted = (count: number, one: string, many: string) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

export function resultText({ checked, differences, named }: RefoldResult, isAll: boolean): string {
  const compared = isAll ? counted(checked, 'row', 'rows') : counted(checked, 'account or session', 'accounts and sessions')
  if (differences === 0) return `${compared} compared with the log: no difference.`
  const rest = differences > named ? `, ${named.toLocaleString('en-US')} of them named` : ''
  return `${compared} compared with the log: ${counted(differences, 'difference', 'differences')}${rest}.`
}
