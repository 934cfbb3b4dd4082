import type { RecordedEvent } from '../application/event-store.ts'
import { catalogue, type DomainEvent } from '../domain/catalogue.ts'
import { eventReader, type StoredEvent } from '../domain/kernel/reader.ts'
import { upcasters } from '../domain/upcasters.ts'
import { compile, type Decode, refused } from './compile-codec.ts'

/** Where a projection stopped, and why; nothing of what stands in the event. */
export const stoppedAt = ({ stream, revision, type, version }: Recorded, why: string, cause?: unknown) =>
  new Error(`the projection stopped at ${stream} revision ${revision} (${type}@${version}): ${why}`, { cause })

/** What a read model sees of a recorded event. */
export type Recorded = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'version' | 'data'> & {
  readonly metadata: { readonly actor: string }
}

const kinds = Object.values(catalogue).flat()
const reader = eventReader(kinds, upcasters)

/** For events in today's shape; older ones go the long way, through the upcasters. */
const current = new Map<string, { readonly version: number; readonly data: Decode }>(
  kinds
    .filter(({ type, version }) => upcasters[`${type}@${version}`] === undefined)
    .map(({ type, version, codec }) => [type, { version, data: compile(codec.type.props.data) }]),
)

const readOlder = (recorded: Recorded): DomainEvent => {
  const decoded = reader.decode(recorded satisfies StoredEvent)
  if (decoded._tag === 'Left') throw stoppedAt(recorded, 'it cannot be read')
  return decoded.right
}

const readCurrent = (recorded: Recorded, decode: Decode): DomainEvent => {
  const data = decode(recorded.data)
  if (data === refused) throw stoppedAt(recorded, 'it cannot be read')
  return { type: recorded.type, version: recorded.version, data } as DomainEvent
}

/** The event in today's shape. Throws on one that is not in the catalogue or not in its shape. */
export const readEvent = (recorded: Recorded): DomainEvent => {
  const kind = current.get(recorded.type)
  return kind?.version === recorded.version ? readCurrent(recorded, kind.data) : readOlder(recorded)
}

/** `undefined` for an event that `wanted` leaves out: it must be in the catalogue, its data is not looked at. */
export const readWanted = (recorded: Recorded, wanted: (type: string) => boolean): DomainEvent | undefined => {
  const kind = current.get(recorded.type)
  if (kind?.version === recorded.version) return wanted(recorded.type) ? readCurrent(recorded, kind.data) : undefined
  const event = readOlder(recorded)
  return wanted(event.type) ? event : undefined
}
