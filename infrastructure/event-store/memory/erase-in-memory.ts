import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ErasablePart, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { erasedForm, isErased, isSummary } from '../erase-payload.ts'
import type { MemoryLog } from './memory-log.ts'

const unreadable = ({ type, version, stream, revision }: RecordedEvent): Either<StoreFailure, never> =>
  left({ type: 'corrupt', detail: `${type}@${version} cannot be read: ${stream} revision ${revision}` })

export function eraseInMemory(log: MemoryLog, stream: string, { from, summary, recordedBefore }: ErasablePart): Either<StoreFailure, void> {
  const events = log.ofStream(stream)
  if (!events.some((event) => event.revision === summary && isSummary(event))) return left({ type: 'conflict', stream })
  const isDue = ({ revision, recordedAt }: RecordedEvent) => revision >= from && revision < summary && recordedAt < recordedBefore
  const erased = new Map<number, RecordedEvent>()
  for (const event of events) {
    if (!isDue(event) || isErased(event)) continue
    const form = erasedForm({ ...event, json: JSON.stringify(event.data) }, event.data)
    if (form === null) return unreadable(event)
    erased.set(event.revision, { ...event, ...form, data: JSON.parse(JSON.stringify(form.data)) })
  }
  log.replace(stream, (event) => erased.get(event.revision) ?? event)
  return right(undefined)
}
