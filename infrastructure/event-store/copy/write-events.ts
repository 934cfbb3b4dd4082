import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { type Batch, batchesOf } from './batches.ts'
import type { CopyTarget } from './copyable-log.ts'

const append = ({ append }: CopyTarget, { stream, expected, events }: Batch) =>
  append(
    stream,
    expected,
    events.map(({ eventId, type, version, data, metadata }) => ({ eventId, type, version, data, metadata })),
  )

export async function writeEvents(to: CopyTarget, events: readonly RecordedEvent[]): Promise<Either<StoreFailure, unknown>> {
  const batches = batchesOf(events)
  if (to.keepsOrder) {
    const answers = await Promise.all(batches.map((batch) => append(to, batch)()))
    return answers.find(isLeft) ?? right(undefined)
  }
  for (const batch of batches) {
    const answer = await append(to, batch)()
    if (isLeft(answer)) return answer
  }
  return right(undefined)
}
