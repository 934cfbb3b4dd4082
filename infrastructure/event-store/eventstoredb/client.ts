import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  FORWARDS,
  type JSONType,
  jsonEvent,
  NO_STREAM,
  START,
} from '@eventstore/db-client'

/** An event as the client gives it; what it means is read in `recorded-event.ts`. */
export type WireEvent = {
  readonly streamId: string
  readonly id: string
  readonly revision: bigint
  readonly type: string
  readonly data: unknown
  readonly metadata: unknown
  readonly created: Date
  readonly position?: { readonly commit: bigint }
}

/** An event to append: `data` and `metadata` are JSON and nobody changes them any more. */
export type WireNewEvent = { readonly id: string; readonly type: string; readonly data: JSONType; readonly metadata: object }

/** A read in progress, one event after another; `cancel` may come at any time. */
export type Reading = AsyncIterable<{ readonly event?: WireEvent }> & { readonly cancel: () => Promise<void> }

/** What the client keeps to itself and three of its faults need. */
type Internals = {
  supports: () => Promise<boolean>
  handleError: (client: unknown, error: Error) => Promise<void>
  getChannel: () => Promise<{ close: () => void }>
}

/** A stream of the client can fail again after it has failed, when nobody listens any more. */
const quiet = <Stream extends { on: (event: 'error', listener: () => void) => unknown }>(stream: Stream) => {
  stream.on('error', () => {})
  return stream
}

const at = (position: number) => ({ commit: BigInt(position), prepare: BigInt(position) })

/**
 * The one place that knows `@eventstore/db-client` (pinned to 6.2.1). It may throw here for a connection string; every other
 * fault is a rejection. Reads go to the leader: a follower may not have what was acknowledged a moment ago.
 */
export const openClient = (url: string) => {
  const client = EventStoreDBClient.connectionString(url)
  const internals = client as unknown as Internals

  // Appends by batch share one stream and one table of promises in the whole process: a fault on one connection leaves the others'
  // appends unsettled and throws where nobody can catch it. The unary call has neither.
  internals.supports = async () => false
  // The client does not wait for this promise, which fails when it meets a discovery that fails.
  const { handleError } = internals
  internals.handleError = (grpc, error) => handleError(grpc, error).catch(() => {})

  return {
    append: async (stream: string, expected: number | 'no_stream', events: readonly WireNewEvent[], deadline: number) => {
      const expectedRevision = expected === 'no_stream' ? NO_STREAM : BigInt(expected)
      const { nextExpectedRevision, position } = await client.appendToStream(
        stream,
        events.map((event) => jsonEvent(event)),
        { expectedRevision, deadline, requiresLeader: true },
      )
      return { revision: nextExpectedRevision, position: position?.commit }
    },
    readStream: (stream: string, from: number, maxCount: number): Reading =>
      quiet(client.readStream(stream, { fromRevision: BigInt(from), direction: FORWARDS, maxCount, requiresLeader: true })),
    newestOf: (stream: string): Reading =>
      quiet(client.readStream(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true })),
    /** From `position`, inclusive; 0 is the start. */
    readAll: (position: number, maxCount: number): Reading =>
      quiet(client.readAll({ fromPosition: position === 0 ? START : at(position), direction: FORWARDS, maxCount, requiresLeader: true })),
    readAllBackwards: (position: number | 'end', maxCount: number): Reading =>
      quiet(
        client.readAll({ fromPosition: position === 'end' ? END : at(position), direction: BACKWARDS, maxCount, requiresLeader: true }),
      ),
    /** After `position`, exclusive, without system events. */
    subscribe: (position: number) =>
      quiet(client.subscribeToAll({ fromPosition: position === 0 ? START : at(position), filter: excludeSystemEvents() })),
    keepNewestOnly: (stream: string, deadline: number) =>
      client.setStreamMetadata(stream, { maxCount: 1 }, { expectedRevision: NO_STREAM, deadline, requiresLeader: true }),
    tombstone: (stream: string, deadline: number) => client.tombstoneStream(stream, { deadline, requiresLeader: true }),
    /** The client leaves its channel open when it is disposed of. */
    close: async () => {
      await client.dispose()
      const channel = await internals.getChannel().catch(() => null)
      channel?.close()
    },
  }
}

export type Client = ReturnType<typeof openClient>
