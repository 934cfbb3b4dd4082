import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** The result of a task that must succeed. */
export const succeed = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task()
  if (isLeft(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome.left)}`)
  return outcome.right
}

/** The refusal of a task that must fail. */
export const refusalOf = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const outcome = await task()
  if (isRight(outcome)) throw new Error('Not refused')
  return outcome.left
}

/** Runs tasks at once. Returns the results of those that succeeded and the refusals of the others. */
export const race = async <E, A>(tasks: readonly TaskEither<E, A>[]) => {
  const outcomes = await Promise.all(tasks.map((task) => task()))
  return { won: outcomes.filter(isRight).map(({ right }) => right), lost: outcomes.filter(isLeft).map(({ left }) => left) }
}
