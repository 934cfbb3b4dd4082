import { left, right } from 'fp-ts/lib/Either.js'
import type { Decider } from '../kernel/decider.ts'
import type { Instant } from '../kernel/instant.ts'
import { HashKindImported, type ImportedHashesEvent } from './events.ts'

export type State = { readonly kinds: ReadonlySet<string> }

export type Command = { type: 'add'; kind: string; at: Instant }

export type Refusal = { type: 'too_many_hash_kinds' }

/** Every check of a password does the work of each kind, so each one more makes every login slower. */
const most = 6

export const importedHashes: Decider<State, Command, ImportedHashesEvent, Refusal> = {
  initial: { kinds: new Set() },
  evolve: ({ kinds }, { data }) => ({ kinds: new Set([...kinds, data.kind]) }),
  decide: ({ kind, at }, { kinds }) => {
    if (kinds.has(kind)) return right([])
    return kinds.size < most ? right([HashKindImported({ kind, at })]) : left({ type: 'too_many_hash_kinds' })
  },
}
