import { isLeft } from 'fp-ts/lib/Either.js'
import type { Environment } from '../read-config.ts'
import type { Values } from '../variables.ts'
import type { VariableOptions } from './option-names.ts'
import { readOptions, unknownOptions } from './read-options.ts'

const refuseOrigin =
  'publicOrigin: expected the origin under which browsers reach your app, such as https://app.example.org, when nodeEnv is production'

/** Throws a TypeError that names each option that is wrong, and no value. `others`: options that are no variables. */
export function embeddedValues(options: VariableOptions, others: readonly string[], environment: Environment): Values {
  if (process.platform === 'win32') throw new Error('Gatebook does not run on Windows')
  const unknown = unknownOptions(options, others)
  if (unknown.length > 0) throw new TypeError(unknown.join('; '))
  const values = readOptions(options, environment)
  if (isLeft(values)) throw new TypeError(values.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('; '))
  const { TOTP_ENABLED, NODE_ENV, PUBLIC_ORIGIN } = values.right
  // The app listens where it likes, so HOST says nothing here.
  if (!TOTP_ENABLED && NODE_ENV !== 'development') {
    throw new TypeError(
      `${options.totpEnabled === undefined ? 'TOTP_ENABLED' : 'totpEnabled'}: expected true, unless NODE_ENV is development`,
    )
  }
  if (NODE_ENV === 'production' && PUBLIC_ORIGIN === undefined) throw new TypeError(refuseOrigin)
  return values.right
}
