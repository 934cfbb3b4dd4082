import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { EventOf } from './event.ts'

/** JSON, in the shape that was current when it was written. */
export type StoredEvent = { readonly type: string; readonly version: number; readonly data: unknown }

/** From one shape to the next one. It may rename an event, but never drop it. */
export type Upcaster = (data: never) => StoredEvent

/** Never skipped: the reader stops. */
export type UnreadableEvent = { readonly type: 'unreadable_event'; readonly eventType: string; readonly eventVersion: number }

type EventKind = { readonly type: string; readonly version: number; readonly codec: t.Any }

export type EventReader<Event> = {
  readonly decode: (stored: StoredEvent) => Either<UnreadableEvent, Event>
  readonly encode: (event: Event) => StoredEvent
}

/** Older shapes go through the chain of `upcasters` (keyed `Type@version`). */
export function eventReader<Kind extends EventKind>(
  kinds: readonly Kind[],
  upcasters: Readonly<Record<string, Upcaster>> = {},
): EventReader<EventOf<Kind>> {
  const current = new Map(kinds.map((kind): [string, Kind['codec']] => [`${kind.type}@${kind.version}`, kind.codec]))
  const lift = (stored: StoredEvent): StoredEvent => {
    const upcast = upcasters[`${stored.type}@${stored.version}`]
    return upcast === undefined ? stored : lift(upcast(stored.data as never))
  }
  return {
    decode: (stored) => {
      const { type, version, data } = lift(stored)
      const decoded = current.get(`${type}@${version}`)?.decode({ type, version, data })
      return decoded?._tag === 'Right'
        ? right(decoded.right)
        : left({ type: 'unreadable_event', eventType: stored.type, eventVersion: stored.version })
    },
    encode: (event: StoredEvent) => current.get(`${event.type}@${event.version}`)?.encode(event),
  }
}
