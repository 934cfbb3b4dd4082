import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { contradictions } from './contradictions.ts'
import { policyInForce } from './policy-in-force.ts'
import type { Variable } from './readers.ts'
import type { Mistake } from './rule.ts'
import { type Values, type VariableName, variables } from './variables.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** For apps whose own variables have the same names. */
export const prefix = 'GATEBOOK_'

/** Kubernetes sets GATEBOOK_PORT to such an address if a service is named gatebook. */
const isServiceLink = (value: string) => /^(tcp|udp|sctp):\/\//.test(value)

const givenName = (environment: Environment, name: string) => {
  const isGiven = (either: string) => {
    const value = environment[either] ?? ''
    return value.trim() !== '' && !(either.startsWith(prefix) && isServiceLink(value))
  }
  return [`${prefix}${name}`, name].find(isGiven)
}

/** Where a value comes from. `text` is undefined for what cannot be read, `accepts` looks at what was read. */
export type Source = { readonly name: string; readonly text: string | undefined; readonly accepts?: (read: unknown) => boolean }

type SourceOf = (variable: string) => Source | undefined

export const fromEnvironment =
  (environment: Environment): SourceOf =>
  (variable) => {
    const name = givenName(environment, variable)
    return name === undefined ? undefined : { name, text: environment[name] }
  }

const readOne = (name: string, variable: Variable<unknown>, source: Source | undefined): Either<Mistake, unknown> => {
  const { text, accepts = () => true } = source ?? { text: variable.fallback }
  if (source === undefined && text === undefined) return right(undefined)
  const decoded = variable.reader.decode(text)
  return isLeft(decoded) || !accepts(decoded.right) ? left({ variable: source?.name ?? name, expected: variable.reader.name }) : decoded
}

/** Rules that also look at other variables do not apply. */
export function readFrom<Name extends VariableName>(
  sourceOf: SourceOf,
  names: readonly Name[],
): Either<readonly Mistake[], Pick<Values, Name>> {
  const mistakes: Mistake[] = []
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const one = readOne(name, variables[name], sourceOf(name))
    if (isLeft(one)) mistakes.push(one.left)
    else values[name] = one.right
  }
  const known = values as Partial<Values>
  const all = [...mistakes, ...contradictions(known).filter(({ variable }) => names.some((name) => name === variable))]
  return all.length > 0 ? left(all) : right(known as Pick<Values, Name>)
}

export function readSome<Name extends VariableName>(environment: Environment, names: readonly Name[]) {
  return readFrom(fromEnvironment(environment), names)
}

export function readConfig(environment: Environment): Either<readonly Mistake[], Values> {
  return readSome(environment, Object.keys(variables) as VariableName[])
}

/** The values for the log at startup. A secret is shown as `set`. */
export function effectivePolicy(values: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(policyInForce(values).flatMap(({ variable, value }) => (value === null ? [] : [[variable, value]])))
}
