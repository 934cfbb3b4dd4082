import { left, right } from 'fp-ts/lib/Either.js'
import type { BlindIndex, Fingerprint } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { IdentityLinked, IdentityUnlinked } from './events.ts'
import { type BoundSession, hasPassword, type Registered, survives } from './state.ts'

export type IdentityCommand =
  | { type: 'linkIdentity'; fingerprint: Fingerprint; loginIndex: BlindIndex; by: BoundSession; at: Instant }
  | { type: 'unlinkIdentity'; fingerprint: Fingerprint; by: BoundSession; at: Instant }

const most = 10

export function hasRoomFor({ identities }: Registered, fingerprint: Fingerprint) {
  return identities.has(fingerprint) || identities.size < most
}

/** The last way to log in stays. */
export function decideIdentity(command: IdentityCommand, state: Registered) {
  const { fingerprint, by, at } = command
  const { identities } = state
  if (!survives(state, by)) return left({ type: 'session_ended' as const })
  if (command.type === 'linkIdentity') {
    if (identities.has(fingerprint)) return right([])
    if (!hasRoomFor(state, fingerprint)) return left({ type: 'too_many_identities' as const })
    return right([IdentityLinked({ fingerprint, loginIndex: command.loginIndex, at })])
  }
  if (!identities.has(fingerprint)) return left({ type: 'no_such_identity' as const })
  if (identities.size === 1 && !hasPassword(state)) return left({ type: 'last_credential' as const })
  return right([IdentityUnlinked({ fingerprint, keptSessionId: by.sessionId, at })])
}
