import { left, right } from 'fp-ts/lib/Either.js'
import type { AccountId, Sha256 } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { BlobPublished } from './events.ts'
import { completionAt } from './rotation.ts'
import { type Introduced, keyAt } from './state.ts'

/** `by`: the sequence of the key whose signature was verified. `replaces`: the version that it was signed to follow, 0 for none. */
export type PublishBlob = {
  type: 'publishBlob'
  accountId: AccountId
  by: number
  replaces: number
  sha256: Sha256
  size: number
  origin: string
  signature: Sealed
  at: Instant
}

/** Of several that replace one version, the first is recorded and the others are outdated. */
export function decideBlob({ by, replaces, ...command }: PublishBlob, state: Introduced) {
  const { accountId, sha256, size, origin, signature, at } = command
  const { blob } = state
  if (accountId !== state.accountId) return left({ type: 'no_such_identity' as const })
  if (replaces !== (blob?.version ?? 0)) return left({ type: 'blob_outdated' as const })
  if (by !== keyAt(state, at).sequence) return left({ type: 'key_outdated' as const })
  const published = { version: replaces + 1, sha256, size, keySequence: by, origin, signature, replaced: blob?.sha256 ?? null }
  return right([...completionAt(state, at), BlobPublished({ accountId, ...published, at })])
}
