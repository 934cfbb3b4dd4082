/**
 * The log of the stand-in. It follows the rules that were measured on a 23.10 server: which append is a repetition, what a wrong expected
 * version is, and what `$maxCount`, a soft delete and a tombstone hide, and from whom.
 */
export type StoredEvent = {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  readonly stream: string
  readonly revision: number
  readonly position: number
  /** Milliseconds since 1970. */
  readonly created: number
}
export type ProposedEvent = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>
export type Expected = number | 'no_stream' | 'any' | 'stream_exists'

export type Outcome =
  | { readonly type: 'appended'; readonly revision: number; readonly position: number | null }
  | { readonly type: 'wrong_version'; readonly current: number | null }
  | { readonly type: 'deleted' }
  | { readonly type: 'too_large' }

export const largestAppend = 1_048_576
/** Stands for the revision of a tombstone, which is too large for a number. */
export const lastRevision = Number.MAX_SAFE_INTEGER
/** A new server has written records of its own before the first event. */
const firstPosition = 548

const sizeOf = ({ data, metadata, type }: ProposedEvent) => data.length + metadata.length + type.length
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const systemEvent = (type: string, value: unknown): ProposedEvent => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: bytes(value),
  metadata: new Uint8Array(),
})

export type Log = ReturnType<typeof createLog>

/** `keep` receives every event before its append is acknowledged. `kept` are the events of an earlier run. */
export const createLog = (kept: readonly StoredEvent[] = [], keep: (events: readonly StoredEvent[]) => void = () => {}) => {
  const all: StoredEvent[] = []
  const streams = new Map<string, StoredEvent[]>()
  const tombstoned = new Set<string>()
  const listeners = new Set<() => void>()

  const place = (event: StoredEvent) => {
    all.push(event)
    if (event.type === '$streamDeleted') tombstoned.add(event.stream)
    const stream = streams.get(event.stream)
    if (stream === undefined) streams.set(event.stream, [event])
    else stream.push(event)
  }

  const currentOf = (stream: string) => streams.get(stream)?.at(-1)?.revision ?? null
  const isTombstoned = (stream: string) => tombstoned.has(stream) || (stream.startsWith('$$') && tombstoned.has(stream.slice(2)))

  const metadataOf = (stream: string): { $maxCount?: number; $tb?: number } => {
    if (stream.startsWith('$$')) return { $maxCount: 1 }
    const newest = streams.get(`$$${stream}`)?.at(-1)
    return newest === undefined ? {} : JSON.parse(new TextDecoder().decode(newest.data))
  }

  /** The events that a read of the stream returns. `$all` has the hidden ones too, as before a scavenge. */
  const visible = (stream: string): readonly StoredEvent[] => {
    const events = streams.get(stream) ?? []
    const { $maxCount = Number.POSITIVE_INFINITY, $tb = 0 } = metadataOf(stream)
    const kept = $tb === 0 ? events : events.filter(({ revision }) => revision >= $tb)
    return kept.length > $maxCount ? kept.slice(-$maxCount) : kept
  }

  /** Where the next record begins. */
  const end = () => {
    const last = all.at(-1)
    return last === undefined ? firstPosition : last.position + 71 + sizeOf(last)
  }

  const record = (stream: string, events: readonly ProposedEvent[], first: number) => {
    const recorded = events.map((event, index) => {
      const stored = { ...event, stream, revision: first + index, position: end(), created: Date.now() }
      place(stored)
      return stored
    })
    keep(recorded)
    for (const listener of [...listeners]) listener()
    return recorded
  }

  const repeated = (stream: string, after: number, events: readonly ProposedEvent[]): Outcome => {
    const there = (streams.get(stream) ?? []).filter(({ revision }) => revision > after && revision <= after + events.length)
    const last = there.at(-1)
    const isSame = there.length === events.length && events.every(({ id }, index) => there[index]?.id === id)
    if (!isSame || last === undefined) return { type: 'wrong_version', current: currentOf(stream) }
    return { type: 'appended', revision: last.revision, position: visible(stream).includes(last) ? last.position : null }
  }

  const anywhere = (stream: string, events: readonly ProposedEvent[]): Outcome | null => {
    const first = streams.get(stream)?.findLast(({ id }) => id === events[0]?.id)
    return first === undefined ? null : repeated(stream, first.revision - 1, events)
  }

  /** Null where the stream is as expected. A soft-deleted stream counts as missing, and continues its revisions. */
  const unlessExpected = (stream: string, expected: Expected, events: readonly ProposedEvent[]): Outcome | null => {
    const current = currentOf(stream)
    if (expected === 'no_stream') {
      const again = repeated(stream, -1, events)
      return again.type === 'wrong_version' && visible(stream).length === 0 ? null : again
    }
    if (typeof expected === 'number') return expected === current ? null : repeated(stream, expected, events)
    return expected === 'stream_exists' && current === null ? { type: 'wrong_version', current } : anywhere(stream, events)
  }

  const append = (stream: string, expected: Expected, events: readonly ProposedEvent[]): Outcome => {
    if (events.reduce((sum, event) => sum + sizeOf(event), 0) > largestAppend) return { type: 'too_large' }
    if (tombstoned.has(stream) || (isTombstoned(stream) && currentOf(stream) === null)) return { type: 'deleted' }
    if (events.length === 0) return { type: 'appended', revision: 0, position: end() }
    const refused = unlessExpected(stream, expected, events)
    if (refused !== null) return refused
    const last = record(stream, events, (currentOf(stream) ?? -1) + 1).at(-1)
    return { type: 'appended', revision: last?.revision ?? 0, position: last?.position ?? null }
  }

  const mayDelete = (stream: string, expected: Expected): Outcome | null => {
    if (isTombstoned(stream)) return { type: 'deleted' }
    const current = currentOf(stream)
    if (expected === 'any') return null
    const fits = expected === 'stream_exists' ? current !== null : expected === 'no_stream' ? current === null : current === expected
    return fits ? null : { type: 'wrong_version', current }
  }

  const softDelete = (stream: string, expected: Expected): Outcome => {
    const refused = mayDelete(stream, expected === 'any' ? 'stream_exists' : expected)
    if (refused !== null) return refused
    const metadata = { ...metadataOf(stream), $tb: (currentOf(stream) ?? -1) + 1 }
    return append(`$$${stream}`, 'any', [systemEvent('$metadata', metadata)])
  }

  const tombstone = (stream: string, expected: Expected): Outcome => {
    const refused = mayDelete(stream, expected)
    if (refused !== null) return refused
    const [recorded] = record(stream, [systemEvent('$streamDeleted', {})], lastRevision)
    return { type: 'appended', revision: lastRevision, position: recorded?.position ?? null }
  }

  /** The index to read from, inclusive, or `null` where no record begins, which the real server cannot read. */
  const indexAt = (position: number): number | null => {
    if (position === 0) return 0
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((all[middle]?.position ?? 0) < position) low = middle + 1
      else high = middle
    }
    return low === all.length || all[low]?.position === position ? low : null
  }

  for (const event of kept) place(event)
  if (all.length === 0) {
    record('$$$scavenges', [systemEvent('$metadata', {})], 0)
    record('$users', [systemEvent('$UserCreated', {}), systemEvent('$UserCreated', {})], 0)
  }
  return {
    append,
    softDelete,
    tombstone,
    visible,
    isTombstoned,
    exists: (stream: string) => visible(stream).length > 0,
    all: all as readonly StoredEvent[],
    indexAt,
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
