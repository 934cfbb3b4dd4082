import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Sealed } from '../kernel/sealed.ts'
import { SigningKeyAdded, type SigningKeyEvent, SigningKeyRetired } from './events.ts'

export type SigningKey = { readonly kid: string; readonly publicKey: string; readonly privateKey: Sealed }

type RetiredKey = { readonly kid: string; readonly publicKey: string; readonly verifyUntil: Instant }

/** `current` is null before the first start. */
export type State = { readonly current: (SigningKey & { readonly addedAt: Instant }) | null; readonly retired: readonly RetiredKey[] }

/** `addedBefore`: only a key that is older is replaced, so that one of several nodes that find it due replaces it. Null: in any case. */
export type Command =
  | ({ readonly type: 'start'; readonly at: Instant } & SigningKey)
  | ({ readonly type: 'rotate'; readonly verifyUntil: Instant; readonly addedBefore: Instant | null; readonly at: Instant } & SigningKey)

/** `key_known`: a retired key never signs again. */
export type Refusal = { type: 'no_signing_key' } | { type: 'key_known' } | { type: 'verifies_no_longer' }

/** One current key at any time, however many processes start or rotate at once. */
export const signingKeys: Decider<State, Command, SigningKeyEvent, Refusal> = {
  initial: { current: null, retired: [] },

  evolve: (state, event) => {
    switch (event.type) {
      case 'SigningKeyAdded': {
        const { kid, publicKey, privateKey, at } = event.data
        return { ...state, current: { kid, publicKey, privateKey, addedAt: at } }
      }
      case 'SigningKeyRetired': {
        const { current } = state
        const { kid, verifyUntil } = event.data
        if (current?.kid !== kid) return state
        return { current: null, retired: [...state.retired, { kid, publicKey: current.publicKey, verifyUntil }] }
      }
    }
  },

  decide: (command, { current, retired }) => {
    const { kid, publicKey, privateKey, at } = command
    const added = SigningKeyAdded({ kid, publicKey, privateKey, at })
    switch (command.type) {
      case 'start':
        return right(current === null ? [added] : [])
      case 'rotate': {
        if (current === null) return left({ type: 'no_signing_key' })
        if (current.kid === kid) return right([])
        if (command.addedBefore !== null && current.addedAt >= command.addedBefore) return right([])
        if (retired.some((key) => key.kid === kid)) return left({ type: 'key_known' })
        if (command.verifyUntil < at) return left({ type: 'verifies_no_longer' })
        return right([SigningKeyRetired({ kid: current.kid, verifyUntil: command.verifyUntil, at }), added])
      }
    }
  },
}

/** The current key first, then retired ones that are still valid. */
export function verifying({ current, retired }: State, at: Instant): readonly { readonly kid: string; readonly publicKey: string }[] {
  const still = retired.filter(({ verifyUntil }) => at < verifyUntil)
  return [...(current === null ? [] : [current]), ...still].map(({ kid, publicKey }) => ({ kid, publicKey }))
}
