import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { type ServerReadableStream, type sendUnaryData, status } from '@grpc/grpc-js'
import { type Expected, type Log, largestAppend, type Outcome, type ProposedEvent } from './log.ts'
import { expectedIn, fault, nameIn, proposedEvent, streamDeleted } from './messages.ts'

const success = (revision: number, position: number | null) => {
  const answer = new streamsPb.AppendResp.Success()
  answer.setCurrentRevision(String(revision))
  if (position === null) answer.setNoPosition(new sharedPb.Empty())
  else {
    const placed = new streamsPb.AppendResp.Position()
    placed.setCommitPosition(String(position))
    placed.setPreparePosition(String(position))
    answer.setPosition(placed)
  }
  const response = new streamsPb.AppendResp()
  response.setSuccess(answer)
  return response
}

const wrongVersion = (expected: Expected, current: number | null) => {
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion()
  const empty = new sharedPb.Empty()
  if (expected === 'any') wrong.setExpectedAny(empty)
  else if (expected === 'no_stream') wrong.setExpectedNoStream(empty)
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(empty)
  else wrong.setExpectedRevision(String(expected))
  if (current === null) wrong.setCurrentNoStream(empty)
  else wrong.setCurrentRevision(String(current))
  const response = new streamsPb.AppendResp()
  response.setWrongExpectedVersion(wrong)
  return response
}

const tooLarge = () =>
  fault(status.INVALID_ARGUMENT, `Maximum Append Size of ${largestAppend} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(largestAppend),
  })

type Request = { readonly stream: string; readonly expected: Expected; readonly events: readonly (ProposedEvent | null)[] }

const answerTo = (log: Log, { stream, expected, events }: Request, answer: sendUnaryData<AppendResp>) => {
  const proposed = events.filter((event) => event !== null)
  if (stream === '' || proposed.length < events.length) return answer(fault(status.INVALID_ARGUMENT, 'An event is not well made.'))
  const outcome: Outcome = log.append(stream, expected, proposed)
  if (outcome.type === 'deleted') return answer(streamDeleted(stream))
  if (outcome.type === 'too_large') return answer(tooLarge())
  return answer(null, outcome.type === 'appended' ? success(outcome.revision, outcome.position) : wrongVersion(expected, outcome.current))
}

/** Append by one call: the options, one message per event, then one response. */
export const append =
  (log: Log) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let stream = ''
    let expected: Expected = 'any'
    const events: (ProposedEvent | null)[] = []
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions()
      const message = request.getProposedMessage()
      if (options !== undefined) {
        stream = nameIn(options.getStreamIdentifier())
        expected = expectedIn(options, options.getRevision())
      }
      if (message !== undefined) events.push(proposedEvent(message))
    })
    const finish = () => {
      // A call that was cut ends too, with what had arrived of it.
      if (!call.cancelled) answerTo(log, { stream, expected, events }, answer)
    }
    call.on('end', () => setImmediate(finish))
  }
