import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { attempts, type Patience } from './attempts.ts'
import { clientFailure, kindOf } from './client-error.ts'
import { asLedByMajority } from './leadership.ts'
import { eventOfWire, ForeignEvent, ownEvents } from './recorded-event.ts'
import type { Client, Reading, WireEvent } from './wire.ts'

const largestPage = 4_096
const smallestPage = 64
/** Small, because the head is read several times a second and the newest event is mostly one of ours. */
const firstHeadPage = 4

const isTombstone = ({ type, streamId }: WireEvent) => type === '$streamDeleted' && isKeyStream(streamId)

const collect = async (reading: Reading, signal: AbortSignal) => {
  signal.addEventListener('abort', () => void reading.cancel().catch(() => {}))
  const events: WireEvent[] = []
  for await (const { event } of reading) if (event !== undefined) events.push(event)
  return events
}

export async function toEither<A>(stream: string, reading: () => Promise<A>): Promise<Either<StoreFailure, A>> {
  try {
    return right(await reading())
  } catch (error) {
    return left(error instanceof ForeignEvent ? { type: 'corrupt', detail: error.message } : clientFailure(error, stream))
  }
}

export function eventStoreDbReader(client: Client, patience: Patience) {
  const page = (read: () => Reading) => attempts(patience, ({ signal }) => collect(read(), signal))

  const none = (error: unknown) => {
    if (kindOf(error) === 'stream-not-found') return []
    throw error
  }

  const ofStream = async (stream: string, from: number): Promise<readonly RecordedEvent[]> => {
    if (stream === '') return []
    const events = await page(() => client.readStream(stream, from, largestPage)).catch(none)
    const recorded = events.map(eventOfWire)
    const last = recorded.at(-1)
    return last === undefined || recorded.length < largestPage ? recorded : [...recorded, ...(await ofStream(stream, last.revision + 1))]
  }

  const positionOf = async (stream: string, revision: number) => {
    const [event] = await page(() => client.readStream(stream, revision, 1)).catch(none)
    return event === undefined || Number(event.revision) !== revision ? undefined : eventOfWire(event).position
  }

  const newestRevision = async (stream: string) => {
    try {
      const [event] = await page(() => client.newestOf(stream))
      return event === undefined ? null : Number(event.revision)
    } catch (error) {
      if (['stream-not-found', 'stream-deleted'].includes(kindOf(error))) return null
      throw error
    }
  }

  /** Until a scavenge, the server returns events of deleted streams and replaced events of key streams. */
  const notReplaced = async (events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> => {
    const keyStreams = [...new Set(events.map(({ stream }) => stream).filter(isKeyStream))]
    const newest = new Map(await Promise.all(keyStreams.map(async (stream) => [stream, await newestRevision(stream)] as const)))
    return events.filter(({ stream, revision }) => !newest.has(stream) || newest.get(stream) === revision)
  }

  /** `null` if no record starts at `position`. The server reports "unknown" then, and also while it stops, so it is asked twice. */
  const pageFrom = (position: number, asked: number) => {
    let unknowns = 0
    return attempts(patience, async ({ signal }) => {
      try {
        return await collect(client.readAll(position, asked), signal)
      } catch (error) {
        if (position !== 0 && kindOf(error) === 'unknown' && ++unknowns === 2) return null
        throw error
      }
    })
  }

  /** The start of a record at or before `position`, or 0 if it is not among the newest. */
  const recordAtOrBefore = async (position: number) => {
    const newest = await page(() => client.readAllBackwards('end', largestPage))
    return newest.map(positionIn).find((place) => place <= position) ?? 0
  }

  const after = async (position: number, limit: number) => {
    const found: RecordedEvent[] = []
    let [from, reached, smallest] = [position, position, smallestPage]
    while (found.length < limit) {
      const asked = Math.min(largestPage, Math.max(smallest, limit - found.length)) + 1
      const events = await pageFrom(from, asked)
      if (events === null) {
        ;[from, smallest] = [await recordAtOrBefore(position), largestPage]
        continue
      }
      const [last, seen] = [events.at(-1), reached]
      found.push(...(await notReplaced(ownEvents(events.filter((event) => positionIn(event) > seen)))))
      if (last === undefined || events.length < asked) break
      from = positionIn(last)
      reached = Math.max(reached, from)
    }
    return found.slice(0, limit)
  }

  const newestPosition = async (signal: AbortSignal) => {
    let from: number | 'end' = 'end'
    for (let asked = firstHeadPage; ; asked = Math.min(16 * asked, largestPage)) {
      const events: readonly WireEvent[] = await collect(client.readAllBackwards(from, asked), signal)
      for (const event of ownEvents(events)) if ((await notReplaced([event])).length > 0) return event.position
      const last = events.at(-1)
      if (last === undefined || events.length < asked) return 0
      from = positionIn(last)
    }
  }

  const head = () => attempts(patience, ({ signal }) => asLedByMajority(client, signal, () => newestPosition(signal)))

  const deletedKeyStreams = async (): Promise<readonly string[]> => {
    const names = new Set<string>()
    for (let from = 0; ; ) {
      const events = await pageFrom(from, largestPage)
      for (const { streamId } of (events ?? []).filter(isTombstone)) names.add(streamId)
      if (events !== null && events.length < largestPage) return [...names]
      from = Math.max(0, ...(events ?? []).map(positionIn))
    }
  }

  return { ofStream, positionOf, after, head, deletedKeyStreams }
}

export type Reader = ReturnType<typeof eventStoreDbReader>

const positionIn = ({ position }: WireEvent) => Number(position?.commit ?? -1n)
