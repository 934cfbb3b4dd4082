import { isLeft } from 'fp-ts/lib/Either.js'
import type { Network } from '../../application/network.ts'
import type { Variable } from './readers.ts'
import { sectionOf } from './sections.ts'
import { type Values, type VariableName, variables } from './variables.ts'

type PolicyValue = string | number | boolean | readonly string[] | null

export type PolicyEntry = {
  readonly variable: VariableName
  readonly section: string
  readonly value: PolicyValue
  readonly default: PolicyValue
  readonly description: string
}

const isNetwork = (value: unknown): value is Network => typeof value === 'object' && value !== null && 'base' in value

const textOfRecord = (entry: object) => Object.entries(entry).map(([name, value]) => `${name}=${value}`)

const textOf = (entry: unknown) => (isNetwork(entry) ? `${entry.base.toString()}/${entry.bits}` : String(entry))

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value)

const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0)

const printable = (value: unknown): PolicyValue => {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map(textOf)
  if (isPlain(value) || isNetwork(value)) return isPlain(value) ? value : textOf(value)
  return typeof value === 'object' && value !== null ? textOfRecord(value) : textOf(value)
}

const shown = ({ isSecret }: Variable<unknown>, value: unknown): PolicyValue => {
  if (isSecret !== true) return printable(value)
  return isEmpty(value) ? null : 'set'
}

const defaultOf = ({ reader, fallback, defaultText }: Variable<unknown>): PolicyValue => {
  if (fallback === undefined) return defaultText?.replaceAll('`', '') ?? null
  const read = reader.decode(fallback)
  return isLeft(read) ? null : printable(read.right)
}

/** What is in force, without secrets and without what names a person. */
export function policyInForce(values: Values): readonly PolicyEntry[] {
  return (Object.keys(sectionOf) as VariableName[]).map((name) => {
    const variable: Variable<unknown> = variables[name]
    return {
      variable: name,
      section: sectionOf[name],
      value: shown(variable, values[name]),
      default: defaultOf(variable),
      description: variable.meaning,
    }
  })
}
