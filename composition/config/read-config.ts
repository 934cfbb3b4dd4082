import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { contradictions, type Mistake } from './contradictions.ts'
import { type Values, type Variable, variables } from './variables.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const readOne = (name: string, variable: Variable<unknown>, environment: Environment): Either<Mistake, unknown> => {
  const given = environment[name] ?? ''
  const source = given.trim() === '' ? variable.fallback : given
  if (source === undefined) return right(undefined)
  const decoded = variable.reader.decode(source)
  return isLeft(decoded) ? left({ variable: name, expected: variable.reader.name }) : decoded
}

export function readConfig(environment: Environment): Either<readonly Mistake[], Values> {
  const mistakes: Mistake[] = []
  const values: Record<string, unknown> = {}
  for (const [name, variable] of Object.entries(variables)) {
    const one = readOne(name, variable, environment)
    if (isLeft(one)) mistakes.push(one.left)
    else values[name] = one.right
  }
  const known = values as Partial<Values>
  const all = [...mistakes, ...contradictions(known)]
  return all.length > 0 ? left(all) : right(known as Values)
}
