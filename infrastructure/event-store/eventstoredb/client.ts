import { BACKWARDS, END, EventStoreDBClient, excludeSystemEvents, FORWARDS, jsonEvent, NO_STREAM, START } from '@eventstore/db-client'
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import manifest from '@eventstore/db-client/package.json' with { type: 'json' }
import type { Client, Member } from './wire.ts'

export const clientVersion: string = manifest.version

type GossipClient = InstanceType<typeof gossipGrpc.GossipClient>

/** Private parts of the client that three workarounds and the gossip need. */
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

const hosts = /^(?<before>\s*esdb)(?:\+discover)?(?<user>:\/\/(?:[^@/?]+@)?)(?<hosts>[^@?/]+)/

/** A stream of the client can fail again when nobody listens any more. */
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
  // Batch appends share one stream per process: a fault on one connection leaves the appends of others unsettled,
  // and throws where nobody can catch it. Unary appends do not.
  internals.supports = async () => false
  // The client does not await this promise, which rejects when discovery fails.
  const { handleError } = internals
  internals.handleError = (grpc, error) => handleError(grpc, error).catch(() => {})
  return client
}

/** `dispose` leaves the channel open. */
const closeClient = async (client: EventStoreDBClient) => {
  await client.dispose()
  const channel = await (client as unknown as Internals).getChannel().catch(() => null)
  channel?.close()
}

/**
 * The only module that imports `@eventstore/db-client` (pinned to 6.2.1). May throw for a connection string.
 * Reads go to the leader, because a follower may lack what was just acknowledged.
 */
export function openClient(url: string): Client {
  const client = openQuietly(url)
  const internals = client as unknown as Internals
  const members = new Map<string, EventStoreDBClient>()
  const memberAt = (place: string) => {
    const known = members.get(place) ?? openQuietly(url.replace(hosts, `$<before>$<user>${place}`))
    members.set(place, known)
    return known
  }

  return {
    append: async (stream, expected, events, deadline) => {
      const expectedRevision = expected === 'no_stream' ? NO_STREAM : BigInt(expected)
      const { nextExpectedRevision, position } = await client.appendToStream(
        stream,
        events.map((event) => jsonEvent(event)),
        { expectedRevision, deadline, requiresLeader: true },
      )
      return { revision: nextExpectedRevision, position: position?.commit }
    },
    readStream: (stream, from, maxCount) =>
      quiet(client.readStream(stream, { fromRevision: BigInt(from), direction: FORWARDS, maxCount, requiresLeader: true })),
    newestOf: (stream) => quiet(client.readStream(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true })),
    readAll: (position, maxCount) =>
      quiet(client.readAll({ fromPosition: position === 0 ? START : at(position), direction: FORWARDS, maxCount, requiresLeader: true })),
    readAllBackwards: (position, maxCount) =>
      quiet(
        client.readAll({ fromPosition: position === 'end' ? END : at(position), direction: BACKWARDS, maxCount, requiresLeader: true }),
      ),
    subscribe: (position) =>
      quiet(client.subscribeToAll({ fromPosition: position === 0 ? START : at(position), filter: excludeSystemEvents() })),
    keepNewestOnly: (stream, deadline) =>
      client.setStreamMetadata(stream, { maxCount: 1 }, { expectedRevision: NO_STREAM, deadline, requiresLeader: true }),
    tombstone: (stream, deadline) => client.tombstoneStream(stream, { deadline, requiresLeader: true }),
    members: (signal) => readGossip(client, signal),
    membersSeenBy: (place, signal) => readGossip(memberAt(place), signal),
    connection: () => internals.getChannel(),
    close: async () => {
      await Promise.all([client, ...members.values()].map(closeClient))
    },
  }
}
