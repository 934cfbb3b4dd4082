import { type Either, mapLeft } from 'fp-ts/lib/Either.js'
import { nearestOf } from '../misspelled.ts'
import { type Environment, fromEnvironment, readFrom, type Source } from '../read-config.ts'
import type { Mistake } from '../rule.ts'
import { type Values, type VariableName, variables } from '../variables.ts'
import { optionOf, type VariableOptions, variableOf } from './option-names.ts'

type Given = Readonly<Record<string, unknown>>

const isEntry = (entry: unknown): entry is string => typeof entry === 'string' && !entry.includes(',') && entry.trim() !== ''

/** The text that the variable would hold, for its reader. `undefined` for what is of no type that an option has. */
const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) && value.every(isEntry) ? value.join(',') : undefined
}

/** `'60'` is not a number of seconds, though the variable is written that way. */
const isOfType = (given: unknown, read: unknown) => typeof given === typeof read && Array.isArray(given) === Array.isArray(read)

const sourceIn =
  (options: Given, environment: Environment) =>
  (variable: string): Source | undefined => {
    const name = optionOf(variable)
    const value = name === undefined ? undefined : options[name]
    if (name === undefined || value === undefined) return fromEnvironment(environment)(variable)
    return { name, text: textOf(value), accepts: (read) => isOfType(value, read) }
  }

const shown = 5

/** One line for each name that is no option, with the nearest one; of many, the first few. */
export function unknownOptions(options: object, others: readonly string[]): readonly string[] {
  const known = [...variableOf.keys(), ...others]
  const unknown = Object.keys(options).filter((name) => !known.includes(name))
  return unknown.slice(0, shown).map((name) => {
    const meant = optionOf(name) ?? nearestOf(name, known)
    const named = /^\w{1,64}$/.test(name) ? name : 'one of the names'
    return `${named} is not an option${meant === undefined ? '' : `: is ${meant} meant?`}`
  })
}

const spoken = (text: string) => text.replace(/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/g, (name) => optionOf(name) ?? name)

/** Where a rule between two values is broken, the option is named if it was given. */
const inWordsOf =
  (options: Given, environment: Environment) =>
  ({ variable, expected }: Mistake): Mistake => {
    const name = optionOf(variable)
    const isOption =
      variableOf.has(variable) || (name !== undefined && (name in options || fromEnvironment(environment)(variable) === undefined))
    return isOption ? { variable: name ?? variable, expected: spoken(expected) } : { variable, expected }
  }

/** The variables of `environment` count where no option is given. A mistake names the option or the variable that it came from. */
export function readSomeOptions<Name extends VariableName>(options: VariableOptions, environment: Environment, names: readonly Name[]) {
  return mapLeft((mistakes: readonly Mistake[]) => mistakes.map(inWordsOf(options as Given, environment)))(
    readFrom(sourceIn(options as Given, environment), names),
  )
}

export function readOptions(options: VariableOptions, environment: Environment): Either<readonly Mistake[], Values> {
  return readSomeOptions(options, environment, Object.keys(variables) as VariableName[])
}
