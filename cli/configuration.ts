import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { type Environment, readConfig, readSome } from '../infrastructure/configuration/read-config.ts'
import type { Mistake } from '../infrastructure/configuration/rule.ts'
import type { Values, VariableName } from '../infrastructure/configuration/variables.ts'

const valuesOf = <A>(config: Either<readonly Mistake[], A>): A => {
  if (!isLeft(config)) return config.right
  for (const { variable, expected } of config.left) console.error(`${variable}: expected ${expected}`)
  process.exit(2)
}

export function configuration(changed: Environment = {}): Values {
  return valuesOf(readConfig({ ...process.env, ...changed }))
}

/** For a command that reads these and no others: the rest cannot be wrong. */
export function partOfConfiguration<Name extends VariableName>(...names: readonly Name[]): Pick<Values, Name> {
  return valuesOf(readSome(process.env, names))
}
