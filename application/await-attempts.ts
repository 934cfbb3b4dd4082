import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Overloaded } from './ports/hasher.ts'

type Pending = { readonly type: 'attempts_pending' }

/** Milliseconds; ten seconds in all. Growing, so that many callers who wait cost little. */
const pauses = [20, 40, 80, 160, 320, 640, 1_280, 2_560, 4_900]

const isPending = <E extends { readonly type: string }>(failure: E): failure is Extract<E, Pending> => failure.type === 'attempts_pending'

/** Right passwords in parallel must not lock: repeats an attempt that only unfinished ones stand in the way of. */
export function awaitAttempts<E extends { readonly type: string }, A>(
  attempt: TaskEither<E, A>,
): TaskEither<Exclude<E, Pending> | Overloaded, A> {
  return async () => {
    for (const pause of [...pauses, 0]) {
      const outcome = await attempt()
      if (!isLeft(outcome) || !isPending(outcome.left)) return outcome as Either<Exclude<E, Pending>, A>
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return left({ type: 'overloaded', retryAfter: 1 })
  }
}
