import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { type Environment, prefix, readConfig, readSome } from '../infrastructure/configuration/read-config.ts'
import type { Mistake } from '../infrastructure/configuration/rule.ts'
import type { Values, VariableName } from '../infrastructure/configuration/variables.ts'

const valuesOf = <A>(config: Either<readonly Mistake[], A>): A => {
  if (!isLeft(config)) return config.right
  for (const { variable, expected } of config.left) console.error(`${variable}: expected ${expected}`)
  process.exit(2)
}

export function configuration(environment: Environment = process.env): Values {
  return valuesOf(readConfig(environment))
}

/** For a command that reads these and no others: the rest cannot be wrong. */
export function partOfConfiguration<Name extends VariableName>(...names: readonly Name[]): Pick<Values, Name> {
  return partOfEnvironment(process.env, names)
}

export function partOfEnvironment<Name extends VariableName>(environment: Environment, names: readonly Name[]): Pick<Values, Name> {
  return valuesOf(readSome(environment, names))
}

/** PORT is not among them: mailed links may have it. */
const ofWhoListens: ReadonlySet<string> = new Set<VariableName>([
  'HOST',
  'ALLOWED_ORIGINS',
  'TRUSTED_PROXIES',
  'BRAND_COLOR',
  'BRAND_LOGO',
  'LOG_LEVEL',
  'METRICS_HOST',
  'METRICS_PORT',
  'METRICS_TOKEN',
  'SERVICE_TOKENS',
  'SERVICE_TOKENS_FILE',
])

/** For a command that opens the log as a server does and listens nowhere. */
export function environmentWithoutListening(): Environment {
  const isRead = ([name]: readonly [string, unknown]) => !ofWhoListens.has(name.startsWith(prefix) ? name.slice(prefix.length) : name)
  return Object.fromEntries(Object.entries(process.env).filter(isRead))
}
