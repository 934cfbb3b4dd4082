import type { Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'

/** `retryAfter`: whole seconds. */
export type Overloaded = { readonly type: 'overloaded'; readonly retryAfter: number }

/** Whose share of the places is used. `account`: null for a stranger, whether the account exists or not. */
export type HashTurn = { readonly network: string; readonly account: AccountId | null }

/** Taken before an attempt is counted, so that an overloaded server counts nothing against anybody. */
export type HashSlot = {
  /** A `null` hash takes the same time and never matches. Uses up the slot. */
  readonly verify: (password: string, hash: string | null) => Task<{ readonly matched: boolean; readonly outdated: boolean }>
  readonly release: () => void
}

/** `costly_hash`: nobody may ask for a check that takes that long. `uncomputable_hash`: its library refuses its parameters, or memory is short. */
export type HashRefused = {
  readonly type: 'hash_refused'
  readonly reason: 'unknown_hash' | 'malformed_hash' | 'costly_hash' | 'uncomputable_hash'
}

/** `kind`: its method and cost; null if a check takes no longer than others. */
export type HashToImport = {
  readonly kind: string | null
  /** Computes a hash of the kind, once in a process. Waits for its turn. */
  readonly tryOut: (turn: HashTurn) => TaskEither<HashRefused, void>
  /** Waits for its turn where the hash is hashed once more. */
  readonly keep: (turn: HashTurn) => TaskEither<HashRefused, string>
}

export type PasswordHasher = {
  /** `argon2:$argon2id$…` */
  readonly hash: (password: string, turn: HashTurn) => TaskEither<Overloaded, string>
  readonly reserve: (turn: HashTurn) => Either<Overloaded, HashSlot>
  /** A hash that another system made. It is kept as `method:HASH`, and one round of MD5 or SHA inside argon2id. */
  readonly readImported: (text: string) => Either<HashRefused, HashToImport>
  /** From now on every check does the work of this kind too, whoever is asked about. */
  readonly coverKind: (kind: string) => void
  readonly isCovered: (kind: string) => boolean
}
