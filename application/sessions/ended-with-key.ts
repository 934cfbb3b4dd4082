import * as TE from 'fp-ts/lib/TaskEither.js'
import type { KeyShredded } from '../ports/vault.ts'

const isShredded = <Failure extends { readonly type: string }>(failure: Failure | KeyShredded): failure is KeyShredded =>
  failure.type === 'key_shredded'

/** For what people do in a session of their own: it ends with the erasure that deletes their key, also while a request is on its way. */
export function endedWithKey<Failure extends { readonly type: string }, Done>(useCase: TE.TaskEither<Failure, Done>) {
  return TE.mapLeft((failure: Failure) =>
    isShredded(failure) ? { type: 'session_ended' as const } : (failure as Exclude<Failure, KeyShredded>),
  )(useCase)
}
