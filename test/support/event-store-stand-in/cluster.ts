import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import { type Metadata, type sendUnaryData, status } from '@grpc/grpc-js'
import { fault } from './messages.ts'

/** A node in the gossip. */
export type SeenNode = { readonly port: number; readonly type: 'leader' | 'follower'; readonly isAlive: boolean }

const memberInfo = ({ port, type, isAlive }: SeenNode) => {
  const endpoint = new gossipPb.EndPoint()
  endpoint.setAddress('127.0.0.1')
  endpoint.setPort(port)
  const id = new sharedPb.UUID()
  id.setString(crypto.randomUUID())
  const member = new gossipPb.MemberInfo()
  member.setInstanceId(id)
  member.setTimeStamp(String(BigInt(Date.now()) * 10_000n))
  member.setState(gossipPb.MemberInfo.VNodeState[type === 'leader' ? 'LEADER' : 'FOLLOWER'])
  member.setIsAlive(isAlive)
  member.setHttpEndPoint(endpoint)
  return member
}

export const gossip =
  (seen: () => readonly SeenNode[]) =>
  (_call: unknown, answer: sendUnaryData<ClusterInfo>): void => {
    const cluster = new gossipPb.ClusterInfo()
    cluster.setMembersList(seen().map(memberInfo))
    answer(null, cluster)
  }

type Call = { readonly metadata: Metadata; readonly emit: (event: 'error', error: unknown) => unknown }

/** A follower redirects calls that require the leader. */
export const asLeader =
  (itself: () => number, seen: () => readonly SeenNode[]) =>
  <Handle>(handle: Handle): Handle => {
    const handleIfLeading = (call: Call, answer: unknown) => {
      const leader = seen().find(({ type, isAlive }) => type === 'leader' && isAlive)
      if (call.metadata.get('requires-leader')[0] !== 'true' || leader?.port === itself()) {
        return (handle as (call: Call, answer: unknown) => void)(call, answer)
      }
      const where = { exception: 'not-leader', 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(leader?.port) }
      const error =
        leader === undefined ? fault(status.UNAVAILABLE, 'Server Is Not Ready') : fault(status.NOT_FOUND, 'Leader info available', where)
      if (typeof answer === 'function') answer(error)
      else call.emit('error', error)
    }
    return handleIfLeading as Handle
  }

const methods = ['Read', 'Append', 'Delete', 'Tombstone', 'BatchAppend']

export const serverFeatures = (_call: unknown, answer: sendUnaryData<SupportedMethods>): void => {
  const supported = new featuresPb.SupportedMethods()
  supported.setEventStoreServerVersion('23.10.8')
  supported.setMethodsList(
    methods.map((name) => {
      const method = new featuresPb.SupportedMethod()
      method.setServiceName('event_store.client.streams.Streams')
      method.setMethodName(name.toLowerCase())
      return method
    }),
  )
  answer(null, supported)
}
