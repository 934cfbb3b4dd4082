import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instant } from '../../domain/kernel/instant.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'

const userAgentLimit = 256

/** Whoever nobody knows shares a data key with the strangers of that month. */
export function unknownCallersOf(at: Instant) {
  return `strangers-${new Date(at).toISOString().slice(0, 7)}`
}

/** Where a request came from, sealed for the person it concerns, and found again by whoever asks what came from there. */
export const sealOrigin =
  ({ crypto }: Needs<'crypto'>) =>
  (person: string, { address, network, userAgent }: Caller) =>
    pipe(
      TE.Do,
      TE.bind('ipAddress', () => crypto.vault.seal(person, 'address', address)),
      TE.let('networkIndex', () => crypto.indexNetwork(network)),
      TE.bind('userAgent', () =>
        userAgent === null
          ? TE.right<never, Sealed | null>(null)
          : crypto.vault.seal(person, 'user_agent', userAgent.slice(0, userAgentLimit)),
      ),
    )
