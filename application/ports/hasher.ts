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

export type PasswordHasher = {
  /** `argon2:$argon2id$…` */
  readonly hash: (password: string, turn: HashTurn) => TaskEither<Overloaded, string>
  readonly reserve: (turn: HashTurn) => Either<Overloaded, HashSlot>
}
