import type { RecordedEvent } from '../application/event-store.ts'
import { catalogue, type DomainEvent } from '../domain/catalogue.ts'
import { eventReader } from '../domain/kernel/reader.ts'
import { upcasters } from '../domain/upcasters.ts'

const kinds = Object.values(catalogue).flat()
const reader = eventReader(kinds, upcasters)

/** The type of an event as the log has it, if it can be known without reading its data; older shapes are lifted first. */
const isCurrent = new Set(kinds.map(({ type, version }) => `${type}@${version}`))

/** Where a projection stopped, and why; nothing of what stands in the event. */
export const stoppedAt = ({ stream, revision, type, version }: RecordedEvent, why: string, cause?: unknown) =>
  new Error(`the projection stopped at ${stream} revision ${revision} (${type}@${version}): ${why}`, { cause })

/** The event in today's shape. Throws on one that is not in the catalogue or not in its shape. */
export const readEvent = (recorded: RecordedEvent): DomainEvent => {
  const decoded = reader.decode(recorded)
  if (decoded._tag === 'Left') throw stoppedAt(recorded, 'it cannot be read')
  return decoded.right
}

/** `undefined` for an event that `wanted` leaves out: it must be in the catalogue, its data is not looked at. */
export const readWanted = (recorded: RecordedEvent, wanted: (type: DomainEvent['type']) => boolean): DomainEvent | undefined => {
  const { type, version } = recorded
  if (isCurrent.has(`${type}@${version}`) && !wanted(type as DomainEvent['type'])) return undefined
  const event = readEvent(recorded)
  return wanted(event.type) ? event : undefined
}
