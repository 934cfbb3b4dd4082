import type { Network } from '../../../application/network.ts'
import { type Values, type VariableName, variables } from '../variables.ts'

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<Name>

/** Of the listeners, which belong to the host app. */
const withoutOption = ['HOST', 'PORT', 'METRICS_HOST', 'METRICS_PORT', 'METRICS_TOKEN'] as const satisfies readonly VariableName[]

type Optional = Exclude<VariableName, (typeof withoutOption)[number]>

type Given<Value> = Value extends readonly (string | Network)[] ? readonly string[] : Value

/** Each variable of docs/configuration.md in camelCase. The name says the unit; lists are arrays. */
export type VariableOptions = {
  readonly [Name in Optional as CamelCase<Name>]?: Given<Exclude<Values[Name], undefined>> | undefined
}

function camelCase(name: string) {
  return name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

const names = (Object.keys(variables) as VariableName[]).filter((name) => !(withoutOption as readonly string[]).includes(name))

const optionNames = new Map<string, string>(names.map((name) => [name, camelCase(name)]))

export function optionOf(variable: string): string | undefined {
  return optionNames.get(variable)
}

/** By the name of the option. */
export const variableOf: ReadonlyMap<string, VariableName> = new Map(names.map((name) => [camelCase(name), name]))
