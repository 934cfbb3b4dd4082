import type { EventOf } from '../kernel/event.ts'
import type { AccountId, Fingerprint, PublicKey } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type IdentityEvent, type IdentityIntroduced, IdentitySummarized } from './events.ts'
import { noneUsed, type UsedChallenges, use } from './used-challenges.ts'

type Summarized = EventOf<typeof IdentitySummarized>['data']

export type Genesis = Summarized['genesis']
export type Blob = NonNullable<Summarized['blob']>
export type Rotation = Summarized['rotations'][number]

/** `proposals`: how many rotations were ever proposed. */
export type Introduced = {
  type: 'introduced'
  accountId: AccountId
  genesis: Genesis
  rotations: readonly Rotation[]
  pending: Rotation | null
  proposals: number
  challenges: UsedChallenges
  blob: Blob | null
}

/** `claimed`: the key of a later rotation. */
export type State = { type: 'absent' } | { type: 'claimed'; by: Fingerprint } | Introduced | { type: 'retired'; accountId: AccountId }

export type CurrentKey = { readonly publicKey: PublicKey; readonly sequence: number }

/** As it is at that time. Whoever looks at or after the deadline sees the rotation complete. */
export function stateAt(state: Introduced, at: Instant): Introduced {
  const { pending, rotations } = state
  return pending !== null && at >= pending.deadline ? { ...state, rotations: [...rotations, pending], pending: null } : state
}

export function keyAt(state: Introduced, at: Instant): CurrentKey {
  const { rotations, genesis } = stateAt(state, at)
  const newest = rotations.at(-1)
  return newest === undefined
    ? { publicKey: genesis.publicKey, sequence: 0 }
    : { publicKey: newest.newPublicKey, sequence: newest.sequence }
}

/** The key of that sequence, which may have been replaced since. */
export function publicKeyOf({ genesis, rotations, pending }: Introduced, sequence: number): PublicKey {
  const rotation = [...rotations, ...(pending === null ? [] : [pending])].find((one) => one.sequence === sequence)
  return rotation?.newPublicKey ?? genesis.publicKey
}

const introduced = ({ data }: EventOf<typeof IdentityIntroduced>): Introduced => {
  const { accountId, at: introducedAt, ...genesis } = data
  return {
    type: 'introduced',
    accountId,
    genesis: { ...genesis, introducedAt },
    rotations: [],
    pending: null,
    proposals: 0,
    challenges: noneUsed,
    blob: null,
  }
}

const fromSummary = ({ usedChallenges, voidThrough, at: _, ...identity }: Summarized): Introduced => ({
  type: 'introduced',
  ...identity,
  challenges: { used: new Map(usedChallenges.map(({ challengeHash, issuedAt }) => [challengeHash, issuedAt])), voidThrough },
})

export function summarizeIdentity(state: State, next: IdentityEvent) {
  if (state.type !== 'introduced') return null
  const { type: _, challenges, rotations, ...identity } = state
  return IdentitySummarized({
    ...identity,
    rotations: [...rotations],
    usedChallenges: [...challenges.used].map(([challengeHash, issuedAt]) => ({ challengeHash, issuedAt })),
    voidThrough: challenges.voidThrough,
    at: next.data.at,
  })
}

type Later = Exclude<IdentityEvent, { type: 'IdentityIntroduced' | 'IdentitySummarized' | 'KeyClaimed' }>

const evolveIntroduced = (state: Introduced, event: Later): State => {
  switch (event.type) {
    case 'KeyProved':
      return { ...state, challenges: use(state.challenges, event.data, event.data.at) }
    case 'KeyRotationProposed': {
      const { accountId: _, at: proposedAt, ...proposal } = event.data
      return { ...state, pending: { ...proposal, proposedAt }, proposals: proposal.sequence }
    }
    case 'KeyRotationCancelled':
      return { ...state, pending: null }
    case 'KeyRotationCompleted':
      return { ...state, pending: null, rotations: state.pending === null ? state.rotations : [...state.rotations, state.pending] }
    case 'BlobPublished': {
      const { accountId: _, replaced: __, at: publishedAt, ...blob } = event.data
      return { ...state, blob: { ...blob, publishedAt } }
    }
    case 'IdentityRetired':
      return { type: 'retired', accountId: state.accountId }
  }
}

export const initialIdentity: State = { type: 'absent' }

export function evolveIdentity(state: State, event: IdentityEvent): State {
  switch (event.type) {
    case 'IdentityIntroduced':
      return introduced(event)
    case 'IdentitySummarized':
      return fromSummary(event.data)
    case 'KeyClaimed':
      return { type: 'claimed', by: event.data.fingerprint }
    default:
      return state.type === 'introduced' ? evolveIntroduced(state, event) : state
  }
}
