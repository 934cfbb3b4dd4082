import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { EventStore, Observer, StoreFailure } from '../../application/ports/event-store.ts'
import { deliverEvents } from './deliver-events.ts'

const page = 512

type Polling = {
  readonly readAll: EventStore['readAll']
  readonly woken: () => Promise<void>
  readonly isStopped: () => boolean
  readonly end: () => StoreFailure | null
}

/** Settles with why it ended, or with `null` when it was stopped. */
export async function pollEvents(
  { readAll, woken, isStopped, end }: Polling,
  position: number,
  observer: Observer,
): Promise<StoreFailure | null> {
  let last = position
  const deliverPage = async (): Promise<Either<StoreFailure, 'more' | 'at_end'>> => {
    const events = await readAll(last, page)()
    if (isLeft(events)) return events
    await deliverEvents(observer, events.right, isStopped)
    last = events.right.at(-1)?.position ?? last
    return right(events.right.length === page ? 'more' : 'at_end')
  }
  const deliverRest = async (): Promise<StoreFailure | null> => {
    while (!isStopped()) {
      const failure = end()
      if (failure !== null) return failure
      const delivered = await deliverPage()
      if (isLeft(delivered)) return delivered.left
      if (delivered.right === 'at_end') break
    }
    return null
  }

  let failure = await deliverRest()
  if (failure === null && !isStopped()) observer.caughtUp?.()
  while (failure === null && !isStopped()) {
    await woken()
    failure = await deliverRest()
  }
  return failure
}
