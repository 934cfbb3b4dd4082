import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { Server } from '@grpc/grpc-js'
import { append } from './append.ts'
import { batchAppend } from './batch-append.ts'
import { gossip, serverFeatures } from './cluster.ts'
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

/**
 * A stand-in for EventStoreDB 23.10, for tests only: nothing in the product knows of it. It speaks the protocol of the client
 * package and does what a real server was measured to do; it has no users, no TLS, no projections and no persistent subscriptions.
 */
export const startStandIn = async ({
  log = createLog(),
  host = '127.0.0.1',
  port = 0,
}: {
  readonly log?: Log
  readonly host?: string
  readonly port?: number
} = {}): Promise<StandIn> => {
  const server = new Server()
  let bound = port
  server.addService(streams.StreamsService, {
    read: read(log),
    append: append(log),
    batchAppend: batchAppend(log),
    delete: softDelete(log),
    tombstone: tombstone(log),
  })
  server.addService(gossipGrpc.GossipService, { read: gossip(() => bound) })
  server.addService(features.ServerFeaturesService, { getSupportedMethods: serverFeatures })
  const front = await listenOnOnePort(server, { host, port })
  bound = front.port
  return { url: `esdb://127.0.0.1:${bound}?tls=false`, port: bound, kill: front.kill }
}
