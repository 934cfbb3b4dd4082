import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import type { Expected, Log, Outcome } from './log.ts'
import { expectedIn, fault, nameIn, streamDeleted } from './messages.ts'

/** How the server encodes an expected state that is not a revision. */
const versionOf = (expected: Expected) =>
  typeof expected === 'number' ? expected : { no_stream: -1, any: -2, stream_exists: -4 }[expected]

const refused = (stream: string, expected: Expected, outcome: Exclude<Outcome, { type: 'appended' }>) =>
  outcome.type === 'wrong_version'
    ? fault(
        status.FAILED_PRECONDITION,
        `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${versionOf(expected)}`,
        {
          exception: 'wrong-expected-version',
          'stream-name': stream,
          'expected-version': String(versionOf(expected)),
          ...(outcome.current === null ? {} : { 'actual-version': String(outcome.current) }),
        },
      )
    : streamDeleted(stream)

/** Hides the events so far. The stream can be appended to again. */
export const softDelete = (log: Log) => (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) => {
  const options = call.request.getOptions() ?? new streamsPb.DeleteReq.Options()
  const [stream, expected] = [nameIn(options.getStreamIdentifier()), expectedIn(options, options.getRevision())]
  const outcome = log.softDelete(stream, expected)
  if (outcome.type !== 'appended') return answer(refused(stream, expected, outcome))
  const position = new streamsPb.DeleteResp.Position()
  position.setCommitPosition(String(outcome.position ?? 0))
  position.setPreparePosition(String(outcome.position ?? 0))
  const response = new streamsPb.DeleteResp()
  response.setPosition(position)
  return answer(null, response)
}

/** Deletes the stream permanently. */
export const tombstone = (log: Log) => (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
  const options = call.request.getOptions() ?? new streamsPb.TombstoneReq.Options()
  const [stream, expected] = [nameIn(options.getStreamIdentifier()), expectedIn(options, options.getRevision())]
  const outcome = log.tombstone(stream, expected)
  if (outcome.type !== 'appended') return answer(refused(stream, expected, outcome))
  const position = new streamsPb.TombstoneResp.Position()
  position.setCommitPosition(String(outcome.position ?? 0))
  position.setPreparePosition(String(outcome.position ?? 0))
  const response = new streamsPb.TombstoneResp()
  response.setPosition(position)
  return answer(null, response)
}
