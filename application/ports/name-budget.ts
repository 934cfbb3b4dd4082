import type { IOEither } from 'fp-ts/lib/IOEither.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import type { Networks } from '../caller.ts'

/** `retryAfter`: whole seconds. */
export type NamesSpent = { readonly type: 'names_spent'; readonly retryAfter: number }

export type NamePlace = { readonly settle: (outcome: 'failed' | 'not_failed') => void }

/** Bounds the distinct names that one network may fail at. A name that it failed at before takes no further place. */
export type TakeName = (networks: Networks, name: BlindIndex) => IOEither<NamesSpent, NamePlace>
