import { isLeft } from 'fp-ts/lib/Either.js'
import { readProfile } from '../../api/accounts/profile.ts'
import type { Context } from '../../api/context.ts'
import { GatebookError } from '../gatebook-error.ts'

const notAsked = [{ path: 'profile', expected: 'no profile: the option registrationFields is not set' }]

/** JSON; `null` for none. Throws what the API would answer. */
export async function givenProfile({ registrationFields }: Pick<Context, 'registrationFields'>, given: unknown): Promise<string | null> {
  if (given === undefined) return null
  if (registrationFields === undefined) throw new GatebookError({ problem: 'VALIDATION_FAILED', errors: notAsked })
  const read = await readProfile(registrationFields, given)
  if (isLeft(read)) throw new GatebookError({ problem: 'VALIDATION_FAILED', errors: read.left })
  return read.right
}
