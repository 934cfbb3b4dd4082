import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'
import type { NamePlace } from '../ports/name-budget.ts'

const settling =
  <E extends { readonly type: string }, A>(attempt: TE.TaskEither<E, A>) =>
  (place: NamePlace): TE.TaskEither<E, A> =>
  async () => {
    let hasFailed = false
    try {
      const outcome = await attempt()
      hasFailed = isLeft(outcome) && outcome.left.type === 'invalid_credentials'
      return outcome
    } finally {
      place.settle(hasFailed ? 'failed' : 'not_failed')
    }
  }

/** Only a wrong password counts: a lock that others caused or a busy server costs the caller's network nothing. */
export const limitNames =
  ({ journal, policy }: Needs<'journal' | 'policy'>) =>
  (name: BlindIndex, caller: Caller) =>
  <E extends { readonly type: string }, A>(attempt: TE.TaskEither<E, A>) =>
    pipe(
      TE.fromIOEither(policy.takeName(caller.networks, name)),
      TE.orElseFirstIOK(() => () => journal.countRefusedGuess('login_name', caller)),
      TE.chainW(settling(attempt)),
    )
