import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Instant, instant } from '../domain/kernel/instant.ts'
import { type Command, type Refusal, verifying } from '../domain/signing-key/decider.ts'
import type { Journal } from './journal/journal.ts'
import { type Stream, streams } from './journal/streams.ts'
import type { AccessTokenFailure, PublicKey } from './ports/access-tokens.ts'
import type { NewId, Now } from './ports/clock.ts'
import type { StoreFailure } from './ports/event-store.ts'
import type { KeyPairs } from './ports/keys/key-pairs.ts'
import type { Vault } from './ports/vault.ts'

export type SigningKeyNeeds<Key> = {
  readonly journal: Journal<'signingKeys'> & { readonly now: Now; readonly newId: NewId }
  readonly crypto: { readonly vault: Vault; readonly keyPairs: KeyPairs<Key> }
}

/** Milliseconds. `overlap`: how long signatures of the retired key stay valid. `olderThan`: a younger key stays; null for any key. */
type Rotation = { readonly overlap: number; readonly olderThan: number | null; readonly actor: string }

export type KeyRing<Key> = {
  /** The first call creates it. */
  readonly current: () => TaskEither<AccessTokenFailure, { readonly kid: string; readonly key: Key }>
  readonly verifying: (at: Instant) => TaskEither<AccessTokenFailure, readonly PublicKey[]>
  readonly rotate: (rotation: Rotation) => TaskEither<AccessTokenFailure, { readonly kid: string; readonly isNew: boolean }>
}

/** Private keys are sealed under the name of the `holder` as if it were a person. */
export type KeyPurpose = { readonly stream: Stream<'signingKeys'>; readonly holder: string }

const forAccessTokens: KeyPurpose = { stream: streams.signingKeys, holder: 'access-tokens' }
export const forCheckpoints: KeyPurpose = { stream: streams.logKeys, holder: 'log-checkpoints' }

const damaged = left({ type: 'corrupt' as const, detail: 'a signing key does not open' })

const refusals: readonly string[] = ['no_signing_key', 'key_known', 'verifies_no_longer'] satisfies readonly Refusal['type'][]
const isRefusal = (failure: Refusal | StoreFailure): failure is Refusal => refusals.includes(failure.type)

type Change = { readonly type: 'start' } | { readonly type: 'rotate'; readonly verifyUntil: Instant; readonly addedBefore: Instant | null }

export function keyRing<Key>(
  { journal, crypto: { vault, keyPairs } }: SigningKeyNeeds<Key>,
  { stream, holder }: KeyPurpose = forAccessTokens,
): KeyRing<Key> {
  let opened: { readonly kid: string; readonly key: Key } | null = null

  const change = async (changeAt: (at: Instant) => Change, actor = 'system') => {
    const { privateKey, ...pair } = await keyPairs.generate()
    const sealed = await vault.seal(holder, 'signing_key', privateKey)()
    if (isLeft(sealed)) return sealed
    const at = journal.now()
    const command: Command = { ...changeAt(at), ...pair, privateKey: sealed.right, at }
    const metadata = { actor, correlationId: journal.newId(), causationId: null }
    const decided = await journal.decide(stream, command, metadata)()
    if (!isLeft(decided)) return right(decided.right.state)
    return isRefusal(decided.left) ? left({ type: 'corrupt' as const, detail: `signing keys: ${decided.left.type}` }) : left(decided.left)
  }

  const load = async () => {
    const loaded = await journal.load(stream)()
    if (isLeft(loaded)) return loaded
    return loaded.right.state.current === null ? change(() => ({ type: 'start' })) : right(loaded.right.state)
  }

  return {
    current: () => async () => {
      const state = await load()
      if (isLeft(state)) return state
      const { current } = state.right
      if (current === null) return damaged
      const { kid, publicKey } = current
      if (opened?.kid === kid) return right(opened)
      const privateKey = await vault.unseal('signing_key', current.privateKey)()
      if (isLeft(privateKey)) return privateKey
      const key = keyPairs.open({ publicKey, privateKey: privateKey.right })
      if (key === null) return damaged
      opened = { kid, key }
      return right(opened)
    },

    verifying: (at) => async () => {
      const state = await load()
      return isLeft(state) ? state : right(verifying(state.right, at))
    },

    rotate:
      ({ overlap, olderThan, actor }) =>
      async () => {
        const state = await load()
        if (isLeft(state)) return state
        const { current } = state.right
        if (current === null) return damaged
        const isYoung = (at: Instant) => olderThan !== null && current.addedAt >= at - olderThan
        if (isYoung(journal.now())) return right({ kid: current.kid, isNew: false })
        const rotated = await change((at) => {
          const addedBefore = olderThan === null ? null : instant(at - olderThan)
          return { type: 'rotate', verifyUntil: instant(at + overlap), addedBefore }
        }, actor)
        if (isLeft(rotated)) return rotated
        const now = rotated.right.current
        return now === null ? damaged : right({ kid: now.kid, isNew: now.kid !== current.kid })
      },
  }
}
