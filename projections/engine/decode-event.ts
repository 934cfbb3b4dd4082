import type { LoggedEvent } from '../../application/ports/local-log.ts'
import { catalogue, type DomainEvent } from '../../domain/catalogue.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import { compile, refused } from './compile-codec.ts'

/** Nothing of the event's data. */
export function stoppedAt({ stream, revision, type, version }: LoggedEvent, why: string, cause?: unknown) {
  return new Error(`the projection stopped at ${stream} revision ${revision} (${type}@${version}): ${why}`, { cause })
}

const kinds = Object.values(catalogue).flat()
const reader = eventReader(kinds, upcasters)

type Kind = { readonly version: number; readonly read: (recorded: LoggedEvent) => DomainEvent }

// The catalogue's own string as the type, so that comparing two of them compares addresses.
const currentKind = ({ type, version, codec }: (typeof kinds)[number]): Kind => {
  const decode = compile(codec.type.props.data)
  const read = (recorded: LoggedEvent) => {
    const data = decode(recorded.data)
    if (data === refused) throw stoppedAt(recorded, 'it cannot be read')
    return { type, version, data } as DomainEvent
  }
  return { version, read }
}

export const currentKinds: ReadonlyMap<string, Kind> = new Map(
  kinds.filter(({ type, version }) => upcasters[`${type}@${version}`] === undefined).map((kind) => [kind.type, currentKind(kind)]),
)

export function readOlder(recorded: LoggedEvent): DomainEvent {
  const decoded = reader.decode(recorded)
  if (decoded._tag === 'Left') throw stoppedAt(recorded, 'it cannot be read')
  return decoded.right
}

/** Throws if it is not in the catalogue or not in its shape. */
export function readEvent(recorded: LoggedEvent): DomainEvent {
  const kind = currentKinds.get(recorded.type)
  return kind?.version === recorded.version ? kind.read(recorded) : readOlder(recorded)
}
