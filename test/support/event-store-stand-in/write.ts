import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'

/** Writes and waits for a slow reader. Returns false when it has disconnected. */
export const write = async (call: ServerWritableStream<ReadReq, ReadResp>, response: ReadResp): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false
  if (call.write(response)) return true
  await new Promise<void>((resolve) => {
    const ends = ['drain', 'cancelled', 'close'] as const
    const done = () => {
      for (const end of ends) call.off(end, done)
      resolve()
    }
    for (const end of ends) call.on(end, done)
  })
  return !call.cancelled
}
