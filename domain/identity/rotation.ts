import { left, right } from 'fp-ts/lib/Either.js'
import type { PublicKey, Signature } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { KeyRotationCancelled, KeyRotationCompleted, KeyRotationProposed } from './events.ts'
import { type Introduced, keyAt, stateAt } from './state.ts'

/** Milliseconds from the proposal to the deadline. */
export type RotationPolicy = { readonly rotation: number }

/** `by`: the sequence of the key whose signature was verified. */
export type RotationCommand =
  | {
      type: 'proposeRotation'
      by: number
      sequence: number
      newPublicKey: PublicKey
      origin: string
      oldSignature: Signature
      newSignature: Signature
      at: Instant
    }
  | { type: 'cancelRotation'; by: number; sequence: number; signature: Signature; at: Instant }
  | { type: 'completeRotation'; at: Instant }

/** A summary event holds them all. */
const mostRotations = 100

/** The completion that is due and not recorded yet. */
export function completionAt(state: Introduced, at: Instant) {
  const { pending, accountId } = state
  if (pending === null || at < pending.deadline) return []
  return [KeyRotationCompleted({ accountId, sequence: pending.sequence, effectiveAt: pending.deadline, at })]
}

/** Of the state as it is at the time of the proposal. */
export function hasRotationsLeft({ rotations }: Introduced) {
  return rotations.length < mostRotations
}

const keysOf = ({ genesis, rotations }: Introduced) => [genesis.publicKey, ...rotations.map(({ newPublicKey }) => newPublicKey)]

/** Both keys signed the sequence number, so a proposal that was cancelled cannot be made again with the same signatures. */
export function decideRotation({ rotation }: RotationPolicy, command: RotationCommand, recorded: Introduced) {
  const { at } = command
  const due = completionAt(recorded, at)
  if (command.type === 'completeRotation') return right(due)
  const state = stateAt(recorded, at)
  const { accountId, pending, proposals } = state
  const { by, sequence } = command
  if (command.type === 'cancelRotation') {
    if (pending === null || pending.sequence !== sequence || by !== keyAt(state, at).sequence)
      return left({ type: 'no_rotation_pending' as const })
    return right([KeyRotationCancelled({ accountId, sequence, signature: command.signature, at })])
  }
  if (pending !== null) return left({ type: 'rotation_pending' as const })
  if (by !== keyAt(state, at).sequence || sequence !== proposals + 1) return left({ type: 'key_outdated' as const })
  if (keysOf(state).includes(command.newPublicKey)) return left({ type: 'identity_taken' as const })
  if (!hasRotationsLeft(state)) return left({ type: 'too_many_rotations' as const })
  const { newPublicKey, origin, oldSignature, newSignature } = command
  const proposal = { sequence, newPublicKey, origin, oldSignature, newSignature, deadline: instant(at + rotation) }
  return right([...due, KeyRotationProposed({ accountId, ...proposal, at })])
}
