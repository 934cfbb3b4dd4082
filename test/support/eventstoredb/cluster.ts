import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { sendUnaryData } from '@grpc/grpc-js'

/** A cluster of one, which leads. */
export const gossip =
  (port: () => number) =>
  (_call: unknown, answer: sendUnaryData<ClusterInfo>): void => {
    const endpoint = new gossipPb.EndPoint()
    endpoint.setAddress('127.0.0.1')
    endpoint.setPort(port())
    const id = new sharedPb.UUID()
    id.setString(crypto.randomUUID())
    const member = new gossipPb.MemberInfo()
    member.setInstanceId(id)
    member.setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    member.setState(gossipPb.MemberInfo.VNodeState.LEADER)
    member.setIsAlive(true)
    member.setHttpEndPoint(endpoint)
    const cluster = new gossipPb.ClusterInfo()
    cluster.setMembersList([member])
    answer(null, cluster)
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
