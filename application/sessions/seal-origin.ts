import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'

const userAgentLimit = 256

/** Unknown callers of a month share a data key. */
export function unknownCallersOf(at: Instant) {
  return `unknown-callers-${new Date(at).toISOString().slice(0, 7)}`
}

export function sealUserAgent({ crypto }: Needs<'crypto'>, person: string, { userAgent }: Caller) {
  if (userAgent === null) return TE.right<never, Sealed | null>(null)
  return crypto.vault.seal(person, 'user_agent', userAgent.slice(0, userAgentLimit))
}

/** Sealed for the person it concerns, with a blind index to search by. */
export const sealOrigin = (needs: Needs<'crypto'>) => (person: string, caller: Caller) =>
  pipe(
    TE.Do,
    TE.bind('ipAddress', () => needs.crypto.vault.seal(person, 'address', caller.address)),
    TE.let('networkIndex', () => needs.crypto.indexNetwork(caller.networks[0])),
    TE.bind('userAgent', () => sealUserAgent(needs, person, caller)),
  )
