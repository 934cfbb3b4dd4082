import type { Network } from '../../api/protection/network.ts'
import { type Values, type Variable, type VariableName, variables } from './variables.ts'

const isNetwork = (entry: unknown): entry is Network => typeof entry === 'object' && entry !== null && 'base' in entry

const printable = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((entry) => (isNetwork(entry) ? `${entry.base.toString()}/${entry.bits}` : entry)) : value

/** The values for the log at startup. A secret is shown as `given`. */
export function effectivePolicy(values: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (Object.keys(variables) as VariableName[]).flatMap((name) => {
      const variable: Variable<unknown> = variables[name]
      const value = values[name]
      if (value === undefined) return []
      return [[name, variable.isSecret ? 'given' : printable(value)]]
    }),
  )
}
