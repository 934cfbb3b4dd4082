import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** What came of a task that has to succeed. */
export const succeed = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task()
  if (isLeft(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome.left)}`)
  return outcome.right
}

/** Why a task was refused that has to be. */
export const refusalOf = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const outcome = await task()
  if (isRight(outcome)) throw new Error('Not refused')
  return outcome.left
}

/** Many at once; who succeeded and why the others did not. */
export const race = async <E, A>(tasks: readonly TaskEither<E, A>[]) => {
  const outcomes = await Promise.all(tasks.map((task) => task()))
  return { won: outcomes.filter(isRight).map(({ right }) => right), lost: outcomes.filter(isLeft).map(({ left }) => left) }
}
