import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { EventOf } from '../kernel/event.ts'
import type { AccountId, Fingerprint } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { decideBlob, type PublishBlob } from './blob.ts'
import {
  type IdentityEvent,
  IdentityIntroduced,
  IdentityRetired,
  IdentitySummarized,
  KeyClaimed,
  KeyProved,
  type ProofPurpose,
} from './events.ts'
import { completionAt, decideRotation, type RotationCommand, type RotationPolicy } from './rotation.ts'
import { evolveIdentity, type Introduced, initialIdentity, keyAt, type State, summarizeIdentity } from './state.ts'
import { isOpenChallenge, type PresentedChallenge } from './used-challenges.ts'

export type { State } from './state.ts'

type Introduce = { type: 'introduce' } & EventOf<typeof IdentityIntroduced>['data']

/** `by`: the sequence of the key whose signature was verified. */
type Prove = { type: 'prove'; purpose: ProofPurpose; by: number; at: Instant } & PresentedChallenge

type Retire = { type: 'retire'; because: EventOf<typeof IdentityRetired>['data']['because']; at: Instant }

export type Command =
  | Introduce
  | { type: 'claim'; accountId: AccountId; fingerprint: Fingerprint; at: Instant }
  | Prove
  | Retire
  | PublishBlob
  | RotationCommand

export type Refusal =
  | { type: 'no_such_identity' }
  | { type: 'identity_taken' }
  | { type: 'challenge_void' }
  | { type: 'key_outdated' }
  | { type: 'blob_outdated' }
  | { type: 'rotation_pending' }
  | { type: 'no_rotation_pending' }
  | { type: 'too_many_rotations' }

const taken = left({ type: 'identity_taken' as const })

/** Again by the same account: what a crash interrupted is completed with it. */
const introduce = ({ type: _, ...data }: Introduce, state: State) => {
  if (state.type === 'absent') return right([IdentityIntroduced(data)])
  return state.type === 'introduced' && state.accountId === data.accountId && state.rotations.length === 0 ? right([]) : taken
}

const claim = ({ type: _, ...data }: Extract<Command, { type: 'claim' }>, state: State) => {
  if (state.type === 'absent') return right([KeyClaimed(data)])
  return state.type === 'claimed' && state.by === data.fingerprint ? right([]) : taken
}

const decideIntroduced = (policy: RotationPolicy, command: Prove | Retire | PublishBlob | RotationCommand, state: Introduced) => {
  const { accountId } = state
  const { at } = command
  switch (command.type) {
    case 'prove': {
      const { purpose, by, challengeHash, issuedAt } = command
      if (by !== keyAt(state, at).sequence || !isOpenChallenge(state.challenges, command, at))
        return left({ type: 'challenge_void' as const })
      return right([...completionAt(state, at), KeyProved({ accountId, purpose, challengeHash, issuedAt, keySequence: by, at })])
    }
    case 'publishBlob':
      return decideBlob(command, state)
    case 'retire':
      return right([IdentityRetired({ accountId, because: command.because, at })])
    default:
      return decideRotation(policy, command, state)
  }
}

/** The keys that one name had, one after another. The name is the SHA-256 of the first. */
export function identity(policy: RotationPolicy): Decider<State, Command, IdentityEvent, Refusal> {
  return {
    initial: initialIdentity,
    evolve: evolveIdentity,
    summary: { type: IdentitySummarized.type, of: summarizeIdentity },
    decide: (command, state) => {
      if (command.type === 'introduce') return introduce(command, state)
      if (command.type === 'claim') return claim(command, state)
      if (state.type === 'introduced') return decideIntroduced(policy, command, state)
      return command.type === 'retire' || command.type === 'completeRotation' ? right([]) : left({ type: 'no_such_identity' })
    },
  }
}
