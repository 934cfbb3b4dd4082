import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { Server } from '@grpc/grpc-js'
import { append } from './append.ts'
import { batchAppend } from './batch-append.ts'
import { asLeader, gossip, type SeenNode, serverFeatures } from './cluster.ts'
import { softDelete, tombstone } from './delete.ts'
import { listenOnOnePort } from './front.ts'
import { createLog, type Log } from './log.ts'
import { read } from './read.ts'

export type StandIn = {
  readonly url: string
  readonly port: number
  /** Cuts every connection. The log lives on: another stand-in can be started on it. */
  readonly kill: () => void
}

/** A stand-in for EventStoreDB 23.10, for tests only. The README says what it does. */
export const startStandIn = async ({
  log = createLog(),
  host = '127.0.0.1',
  port = 0,
  seen,
}: {
  readonly log?: Log
  readonly host?: string
  readonly port?: number
  /** The cluster as this node sees it; by default it is alone. */
  readonly seen?: () => readonly SeenNode[]
} = {}): Promise<StandIn> => {
  const server = new Server()
  let taken = port
  const view = seen ?? (() => [{ port: taken, type: 'leader', isAlive: true }] as const)
  const led = asLeader(() => taken, view)
  server.addService(streams.StreamsService, {
    read: led(read(log)),
    append: led(append(log)),
    batchAppend: batchAppend(log),
    delete: led(softDelete(log)),
    tombstone: led(tombstone(log)),
  })
  server.addService(gossipGrpc.GossipService, { read: gossip(view) })
  server.addService(features.ServerFeaturesService, { getSupportedMethods: serverFeatures })
  const front = await listenOnOnePort(server, { host, port })
  taken = front.port
  return { url: `esdb://127.0.0.1:${taken}?tls=false`, port: taken, kill: front.kill }
}
