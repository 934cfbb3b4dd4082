import * as t from 'io-ts'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { catalogue, type DomainEvent } from '../../domain/catalogue.ts'
import { eventReader, type StoredEvent } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { compile, refused } from './compile-codec.ts'

/** Where a projection stopped, and why; nothing of what stands in the event. */
export function stoppedAt({ stream, revision, type, version }: Recorded, why: string, cause?: unknown) {
  return new Error(`the projection stopped at ${stream} revision ${revision} (${type}@${version}): ${why}`, { cause })
}

/** What a read model sees of a recorded event. */
export type Recorded = Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type' | 'version' | 'data'> & {
  readonly metadata: { readonly actor: string }
}

const kinds = Object.values(catalogue).flat()
const reader = eventReader(kinds, upcasters)

type Kind = { readonly version: number; readonly read: (recorded: Recorded, data: unknown) => DomainEvent }

/** `fields`: those of the data that are decoded; all if left out. */
const dataCodec = ({ codec }: (typeof kinds)[number], fields: readonly string[] | undefined): t.Any => {
  const { data } = codec.type.props
  if (fields === undefined) return data
  return t.strict(Object.fromEntries(Object.entries<t.Any>(data.type.props).filter(([name]) => fields.includes(name))))
}

/** The events that it makes have the catalogue's own string for their type: two of these are compared by their place in memory. */
const currentKind = (kind: (typeof kinds)[number], fields: readonly string[] | undefined): Kind => {
  const { type, version } = kind
  const decode = compile(dataCodec(kind, fields))
  const read = (recorded: Recorded, stored: unknown) => {
    const data = decode(stored)
    if (data === refused) throw stoppedAt(recorded, 'it cannot be read')
    return { type, version, data } as DomainEvent
  }
  return { version, read }
}

/** For events in today's shape; older ones go the long way, through the upcasters. */
export function currentKinds(fields?: readonly string[]): ReadonlyMap<string, Kind> {
  return new Map(
    kinds
      .filter(({ type, version }) => upcasters[`${type}@${version}`] === undefined)
      .map((kind) => [kind.type, currentKind(kind, fields)]),
  )
}

const current = currentKinds()

export function readOlder(recorded: Recorded): DomainEvent {
  const decoded = reader.decode(recorded satisfies StoredEvent)
  if (decoded._tag === 'Left') throw stoppedAt(recorded, 'it cannot be read')
  return decoded.right
}

/** The event in today's shape. Throws on one that is not in the catalogue or not in its shape. */
export function readEvent(recorded: Recorded): DomainEvent {
  const kind = current.get(recorded.type)
  return kind?.version === recorded.version ? kind.read(recorded, recorded.data) : readOlder(recorded)
}
