import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { ConsentPurpose } from '../../domain/consent/purpose.ts'
import { type Logo, readLogo } from '../../infrastructure/branding/read-logo.ts'
import { isUsableBreachSource } from '../../infrastructure/breached/breached-passwords.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { readConsents } from '../../infrastructure/consents/consents-file.ts'
import { readServiceTokens } from '../../infrastructure/tokens/service-tokens-file.ts'
import type { StartFailure } from '../start-failure.ts'

type ConfiguredFiles = {
  readonly logo: Logo | null
  readonly consents: readonly ConsentPurpose[]
  /** `name:token` */
  readonly services: readonly string[]
}

/** Before anything is opened: a file that a variable names may be missing or wrong. */
export async function readConfiguredFiles(values: Values): Promise<Either<StartFailure, ConfiguredFiles>> {
  if (!(await isUsableBreachSource(values.BREACHED_PASSWORDS))) {
    return left({ type: 'no_breach_list', detail: 'BREACHED_PASSWORDS: expected a readable file of SHA-1:COUNT lines' })
  }
  const logo = await readLogo(values.BRAND_LOGO)
  if (isLeft(logo)) return logo
  const consents = readConsents(values.CONSENTS_FILE)
  if (isLeft(consents)) return consents
  const services = readServiceTokens(values.SERVICE_TOKENS_FILE)
  return isLeft(services) ? services : right({ logo: logo.right, consents: consents.right, services: services.right })
}
