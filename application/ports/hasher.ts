import type { Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** The queue in front of the hash is full. `retryAfter` is whole seconds. */
export type Overloaded = { readonly type: 'overloaded'; readonly retryAfter: number }

/** A place in front of the hash, taken before an attempt is counted, so that an overloaded server counts nothing against anybody. */
export type HashSlot = {
  /** `null` for a name that nobody has: the same work against a dummy, and no. Uses the slot up. */
  readonly verify: (password: string, hash: string | null) => Task<{ readonly matched: boolean; readonly outdated: boolean }>
  /** Gives the place back unused. */
  readonly release: () => void
}

export type PasswordHasher = {
  /** `argon2:$argon2id$…` */
  readonly hash: (password: string) => TaskEither<Overloaded, string>
  readonly reserve: () => Either<Overloaded, HashSlot>
}
