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
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'

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

/** A node of the cluster, as one of them sees it. */
export type Member = {
  readonly type: 'leader' | 'follower' | 'no_voter' | 'other'
  readonly isAlive: boolean
  /** `host:port`. */
  readonly at: string
}

type GossipClient = InstanceType<typeof gossipGrpc.GossipClient>

/** What the client keeps to itself: three of its faults and the gossip need it. */
type Internals = {
  supports: () => Promise<boolean>
  handleError: (client: unknown, error: Error) => Promise<void>
  getChannel: () => Promise<{ close: () => void }>
  execute: <A>(service: typeof gossipGrpc.GossipClient, name: string, call: (grpc: GossipClient) => Promise<A>) => Promise<A>
}

const { VNodeState } = gossipPb.MemberInfo
const noVoters: readonly number[] = [VNodeState.READONLYREPLICA, VNodeState.PREREADONLYREPLICA, VNodeState.READONLYLEADERLESS]

const kindOfMember = (state: number): Member['type'] => {
  if (state === VNodeState.LEADER) return 'leader'
  if (state === VNodeState.FOLLOWER) return 'follower'
  return noVoters.includes(state) ? 'no_voter' : 'other'
}

const membersIn = (cluster: gossipPb.ClusterInfo): readonly Member[] =>
  cluster.getMembersList().map((member) => ({
    type: kindOfMember(member.getState()),
    isAlive: member.getIsAlive(),
    at: `${member.getHttpEndPoint()?.getAddress()}:${member.getHttpEndPoint()?.getPort()}`,
  }))

/** The hosts of a connection string, and whether they are to be discovered. */
const hosts = /^(?<before>\s*esdb)(?:\+discover)?(?<user>:\/\/(?:[^@/?]+@)?)(?<hosts>[^@?/]+)/

/** A stream of the client can fail again after it has failed, when nobody listens any more. */
const quiet = <Stream extends { on: (event: 'error', listener: () => void) => unknown }>(stream: Stream) => {
  stream.on('error', () => {})
  return stream
}

const readGossip = (client: EventStoreDBClient, signal: AbortSignal) =>
  (client as unknown as Internals).execute(
    gossipGrpc.GossipClient,
    'gossip',
    (grpc) =>
      new Promise<readonly Member[]>((resolve, reject) => {
        const call = grpc.read(new sharedPb.Empty(), (error, cluster) => (error === null ? resolve(membersIn(cluster)) : reject(error)))
        signal.addEventListener('abort', () => call.cancel())
      }),
  )

const at = (position: number) => ({ commit: BigInt(position), prepare: BigInt(position) })

const openQuietly = (url: string) => {
  const client = EventStoreDBClient.connectionString(url)
  const internals = client as unknown as Internals
  // Appends by batch share one stream and one table of promises in the whole process: a fault on one connection leaves the others'
  // appends unsettled and throws where nobody can catch it. The unary call has neither.
  internals.supports = async () => false
  // The client does not wait for this promise, which fails when it meets a discovery that fails.
  const { handleError } = internals
  internals.handleError = (grpc, error) => handleError(grpc, error).catch(() => {})
  return client
}

/** The client leaves its channel open when it is disposed of. */
const closeClient = async (client: EventStoreDBClient) => {
  await client.dispose()
  const channel = await (client as unknown as Internals).getChannel().catch(() => null)
  channel?.close()
}

/**
 * The one place that knows `@eventstore/db-client` (pinned to 6.2.1). It may throw here for a connection string; every other
 * fault is a rejection. Reads go to the leader: a follower may not have what was acknowledged a moment ago.
 */
export function openClient(url: string) {
  const client = openQuietly(url)
  const internals = client as unknown as Internals
  const members = new Map<string, EventStoreDBClient>()
  const memberAt = (place: string) => {
    const known = members.get(place) ?? openQuietly(url.replace(hosts, `$<before>$<user>${place}`))
    members.set(place, known)
    return known
  }

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
    /** The cluster as the node sees it that this client is connected to. */
    members: (signal: AbortSignal) => readGossip(client, signal),
    /** The cluster as the node at `place` sees it. */
    membersSeenBy: (place: string, signal: AbortSignal) => readGossip(memberAt(place), signal),
    /** Changes when the client has gone to another node. */
    connection: (): Promise<unknown> => internals.getChannel(),
    close: async () => {
      await Promise.all([client, ...members.values()].map(closeClient))
    },
  }
}

export type Client = ReturnType<typeof openClient>
