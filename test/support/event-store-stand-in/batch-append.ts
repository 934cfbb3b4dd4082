import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import statusPb from '@eventstore/db-client/generated/status_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Expected, Log, Outcome, ProposedEvent } from './log.ts'
import { expectedIn, identifierOf, nameIn, proposedEvent } from './messages.ts'

type Batch = { readonly stream: string; readonly expected: Expected; readonly events: (ProposedEvent | null)[] }

const success = (revision: number, position: number | null) => {
  const answer = new streamsPb.BatchAppendResp.Success()
  answer.setCurrentRevision(String(revision))
  if (position === null) answer.setNoPosition(new emptyPb.Empty())
  else {
    const placed = new sharedPb.AllStreamPosition()
    placed.setCommitPosition(String(position))
    placed.setPreparePosition(String(position))
    answer.setPosition(placed)
  }
  return answer
}

const wrongVersion = (expected: Expected, current: number | null) => {
  const wrong = new sharedPb.WrongExpectedVersion()
  const empty = new emptyPb.Empty()
  if (expected === 'any') wrong.setExpectedAny(empty)
  else if (expected === 'no_stream') wrong.setExpectedNoStream(empty)
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(empty)
  else wrong.setExpectedStreamPosition(String(expected))
  if (current === null) wrong.setCurrentNoStream(empty)
  else wrong.setCurrentStreamRevision(String(current))
  return wrong.serializeBinary()
}

/** Measured: a batch response has neither a message nor a code that the client uses, only the type of its details. */
const failure = (type: string, details: Uint8Array) => {
  const packed = new anyPb.Any()
  packed.pack(details, `event_store.client.${type}`)
  const answer = new statusPb.Status()
  answer.setDetails(packed)
  return answer
}

const failureOf = (outcome: Exclude<Outcome, { type: 'appended' }>, expected: Expected) => {
  if (outcome.type === 'wrong_version') return failure('WrongExpectedVersion', wrongVersion(expected, outcome.current))
  if (outcome.type === 'deleted') return failure('StreamDeleted', new sharedPb.StreamDeleted().serializeBinary())
  return failure('MaximumAppendSizeExceeded', new sharedPb.MaximumAppendSizeExceeded().serializeBinary())
}

const responseTo = (log: Log, { stream, expected, events }: Batch) => {
  const response = new streamsPb.BatchAppendResp()
  response.setStreamIdentifier(identifierOf(stream))
  const proposed = events.filter((event) => event !== null)
  if (stream === '' || proposed.length < events.length) {
    response.setError(failure('BadRequest', new sharedPb.BadRequest().serializeBinary()))
    return response
  }
  const outcome = log.append(stream, expected, proposed)
  if (outcome.type === 'appended') response.setSuccess(success(outcome.revision, outcome.position))
  else response.setError(failureOf(outcome, expected))
  return response
}

/** Many appends over one call, each with a correlation id and its own response. */
export const batchAppend = (log: Log) => (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
  const batches = new Map<string, Batch>()
  call.on('data', (request: BatchAppendReq) => {
    const correlation = request.getCorrelationId()
    const key = correlation?.getString() ?? ''
    const options = request.getOptions()
    if (options !== undefined) {
      const expected = expectedIn(options, options.getStreamPosition())
      batches.set(key, { stream: nameIn(options.getStreamIdentifier()), expected, events: [] })
    }
    const batch = batches.get(key)
    batch?.events.push(...request.getProposedMessagesList().map(proposedEvent))
    if (batch === undefined || !request.getIsFinal()) return
    batches.delete(key)
    const response = responseTo(log, batch)
    response.setCorrelationId(correlation)
    call.write(response)
  })
  call.on('end', () => call.end())
}
