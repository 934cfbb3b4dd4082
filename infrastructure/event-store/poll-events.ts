import { type Either, right } from 'fp-ts/lib/Either.js'
import type { EventStore, Observer, StoreFailure } from '../../application/ports/event-store.ts'
import { deliverEvents } from './deliver-events.ts'

const page = 512

/** What a subscription stands on. */
export type Following = {
  readonly readAll: EventStore['readAll']
  /** Settles when there may be more to read. */
  readonly rung: () => Promise<void>
  /** Nobody wants to know any more. */
  readonly isStopped: () => boolean
  /** Why there will be no more, once there will not. */
  readonly end: () => StoreFailure | null
}

/** Reads on from `position` for ever. Settles with why it ended, or with `null` when it was stopped. */
export async function pollEvents(
  { readAll, rung, isStopped, end }: Following,
  position: number,
  observer: Observer,
): Promise<StoreFailure | null> {
  let last = position
  const followPage = async (): Promise<Either<StoreFailure, 'more' | 'at_end'>> => {
    const events = await readAll(last, page)()
    if (events._tag === 'Left') return events
    await deliverEvents(observer, events.right, isStopped)
    last = events.right.at(-1)?.position ?? last
    return right(events.right.length === page ? 'more' : 'at_end')
  }
  const followToTheEnd = async (): Promise<StoreFailure | null> => {
    while (!isStopped()) {
      const reached = end() ?? (await followPage())
      if ('type' in reached) return reached
      if (reached._tag === 'Left') return reached.left
      if (reached.right === 'at_end') break
    }
    return null
  }

  const failure = await followToTheEnd()
  if (failure !== null) return failure
  if (!isStopped()) observer.caughtUp?.()
  while (!isStopped()) {
    await rung()
    const failure = await followToTheEnd()
    if (failure !== null) return failure
  }
  return null
}
