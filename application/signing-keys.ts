import type { KeyObject } from 'node:crypto'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Instant, instant } from '../domain/kernel/instant.ts'
import { eventReader } from '../domain/kernel/reader.ts'
import { signingKeysStream } from '../domain/kernel/streams.ts'
import { type Command, type Refusal, signingKeys, verifying } from '../domain/signing-key/decider.ts'
import { signingKeyEvents } from '../domain/signing-key/events.ts'
import { upcasters } from '../domain/upcasters.ts'
import { generateSigningKey, privateKeyOf, publicJwk } from '../infrastructure/access-tokens/signing-key.ts'
import type { Journal } from './journal/journal.ts'
import type { AccessTokenFailure, PublicJwk } from './ports/access-tokens.ts'
import type { StoreFailure } from './ports/event-store.ts'
import type { NewId, Now, Vault } from './ports/ports.ts'

export type KeyRingNeeds = Pick<Journal, 'load' | 'handle'> & { readonly vault: Vault; readonly now: Now; readonly newId: NewId }

export type KeyRing = {
  /** The key that signs; the first time it is made. */
  readonly current: () => TaskEither<AccessTokenFailure, { readonly kid: string; readonly key: KeyObject }>
  readonly verifying: (at: Instant) => TaskEither<AccessTokenFailure, readonly PublicJwk[]>
  /** What the retired key signed verifies for `overlap` milliseconds more. */
  readonly rotate: (overlap: number) => TaskEither<AccessTokenFailure, void>
}

/** Private keys are sealed under this name, as if it were a person's. */
const holder = 'access-tokens'
const aggregate = { decider: signingKeys, reader: eventReader(signingKeyEvents, upcasters) }
const damaged = left({ type: 'corrupt' as const, detail: 'a signing key does not open' })

const refusals: readonly string[] = ['no_signing_key', 'key_known', 'verifies_no_longer'] satisfies readonly Refusal['type'][]
const isRefusal = (failure: Refusal | StoreFailure): failure is Refusal => refusals.includes(failure.type)

/** The keys as the log has them. It is asked each time, and answers with what is new: so that another process may rotate. */
export function keyRing({ load, handle, vault, now, newId }: KeyRingNeeds): KeyRing {
  const opened = new Map<string, KeyObject>()

  const decide = async (commandOf: (at: Instant) => { type: 'start' } | { type: 'rotate'; verifyUntil: Instant }) => {
    const { privateKey, ...half } = await generateSigningKey()
    const sealed = await vault.seal(holder, 'signing_key', privateKey)()
    if (isLeft(sealed)) return sealed
    const id = newId()
    const at = now()
    const command: Command = { ...commandOf(at), ...half, privateKey: sealed.right, at }
    const handled = await handle(aggregate, signingKeysStream, command, { actor: 'system', correlationId: id, causationId: null })()
    if (!isLeft(handled)) return right(handled.right.state)
    return isRefusal(handled.left) ? left({ type: 'corrupt' as const, detail: `signing keys: ${handled.left.type}` }) : left(handled.left)
  }

  /** Makes the first key where there is none; of two who do at once one wins, and both get the winner's. */
  const loaded = async () => {
    const found = await load(aggregate, signingKeysStream)()
    if (isLeft(found)) return found
    return found.right.state.current === null ? decide(() => ({ type: 'start' })) : right(found.right.state)
  }

  return {
    current: () => async () => {
      const state = await loaded()
      if (isLeft(state)) return state
      const { current } = state.right
      if (current === null) return damaged
      const { kid, publicKey } = current
      const known = opened.get(kid)
      if (known !== undefined) return right({ kid, key: known })
      const secret = await vault.unseal('signing_key', current.privateKey)()
      if (isLeft(secret)) return secret
      const key = privateKeyOf({ publicKey, privateKey: secret.right })
      if (key === null) return damaged
      opened.clear()
      opened.set(kid, key)
      return right({ kid, key })
    },

    verifying: (at) => async () => {
      const state = await loaded()
      return isLeft(state) ? state : right(verifying(state.right, at).map(publicJwk))
    },

    rotate: (overlap) => async () => {
      const state = await loaded()
      if (isLeft(state)) return state
      const rotated = await decide((at) => ({ type: 'rotate', verifyUntil: instant(at + overlap) }))
      return isLeft(rotated) ? rotated : right(undefined)
    },
  }
}
