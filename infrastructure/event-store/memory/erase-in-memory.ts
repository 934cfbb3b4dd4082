import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ErasableGrant, ErasablePart, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { erasedGrant, isGrant } from '../erase-grant.ts'
import { erasedForm, isErased, isSummary } from '../erase-payload.ts'
import type { MemoryLog } from './memory-log.ts'

const unreadable = ({ type, version, stream, revision }: RecordedEvent): Either<StoreFailure, never> =>
  left({ type: 'corrupt', detail: `${type}@${version} cannot be read: ${stream} revision ${revision}` })

export function eraseInMemory(
  log: MemoryLog,
  stream: string,
  { from, summary, recordedBefore, types }: ErasablePart,
): Either<StoreFailure, void> {
  const events = log.ofStream(stream)
  if (!events.some((event) => event.revision === summary && isSummary(event))) return left({ type: 'conflict', stream })
  const isDue = ({ revision, recordedAt }: RecordedEvent) => revision >= from && revision < summary && recordedAt < recordedBefore
  const erased = new Map<number, RecordedEvent>()
  for (const event of events) {
    if (!isDue(event) || isErased(event) || !(types?.includes(event.type) ?? true)) continue
    const form = erasedForm({ ...event, json: JSON.stringify(event.data) }, event.data)
    if (form === null) return unreadable(event)
    erased.set(event.revision, { ...event, ...form, data: JSON.parse(JSON.stringify(form.data)) })
  }
  log.replace(stream, (event) => erased.get(event.revision) ?? event)
  return right(undefined)
}

export function eraseGrantInMemory(
  log: MemoryLog,
  stream: string,
  { recordedBefore, expiredBy }: ErasableGrant,
): Either<StoreFailure, void> {
  const grant = log.ofStream(stream).at(0)
  if (grant === undefined || !isGrant(grant) || grant.recordedAt >= recordedBefore) return right(undefined)
  const form = erasedGrant({ ...grant, json: JSON.stringify(grant.data) }, grant.data, expiredBy)
  if (form === null) return unreadable(grant)
  if (form === 'not_expired') return right(undefined)
  const erased = { ...grant, ...form, data: JSON.parse(JSON.stringify(form.data)) }
  log.replace(stream, (event) => (event.revision === grant.revision ? erased : event))
  return right(undefined)
}
