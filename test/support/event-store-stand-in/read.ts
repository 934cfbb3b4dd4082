import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { type ServerWritableStream, status } from '@grpc/grpc-js'
import type { Log, StoredEvent } from './log.ts'
import { eventResponse, fault, identifierOf, nameIn, streamDeleted } from './messages.ts'
import { subscribe } from './subscribe.ts'
import { write } from './write.ts'

type Call = ServerWritableStream<ReadReq, ReadResp>

const send = async (call: Call, events: readonly StoredEvent[]) => {
  for (const event of events) if (!(await write(call, eventResponse(event)))) return
  call.end()
}

const readStream = (log: Log, call: Call, options: ReadReq.Options, stream: ReadReq.Options.StreamOptions) => {
  const name = nameIn(stream.getStreamIdentifier())
  if (name === '') return call.emit('error', fault(status.UNKNOWN, 'Exception was thrown by handler.'))
  if (log.isTombstoned(name)) return call.emit('error', streamDeleted(name))
  if (!log.exists(name)) {
    const notFound = new streamsPb.ReadResp.StreamNotFound()
    notFound.setStreamIdentifier(identifierOf(name))
    const response = new streamsPb.ReadResp()
    response.setStreamNotFound(notFound)
    call.write(response)
    return call.end()
  }
  const events = log.visible(name)
  const from = stream.hasRevision() ? Number(stream.getRevision()) : null
  const inOrder = isBackwards(options)
    ? events.filter(({ revision }) => from === null || revision <= from).toReversed()
    : events.filter(({ revision }) => from === null || revision >= from)
  return send(call, inOrder.slice(0, Number(options.getCount())))
}

const isBackwards = (options: ReadReq.Options) => options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS

/** The index in `$all` of the requested position, or `null` where no record begins. */
const startIn = (log: Log, all: ReadReq.Options.AllOptions) => {
  if (all.hasStart()) return 0
  if (all.hasEnd()) return log.all.length
  return log.indexAt(Number(all.getPosition()?.getCommitPosition()))
}

const readAll = (log: Log, call: Call, options: ReadReq.Options, start: number) => {
  const count = Number(options.getCount())
  return send(
    call,
    isBackwards(options) ? log.all.slice(Math.max(0, start - count), start).toReversed() : log.all.slice(start, start + count),
  )
}

const readOrFollowAll = (log: Log, call: Call, options: ReadReq.Options, all: ReadReq.Options.AllOptions) => {
  const start = startIn(log, all)
  if (start === null) {
    const said = options.hasSubscription() ? 'Exception was thrown by handler.' : 'Unexpected ReadAllResult: Error'
    return call.emit('error', fault(status.UNKNOWN, said))
  }
  if (!options.hasSubscription()) return readAll(log, call, options, start)
  const isAfterOne = all.hasPosition() && start < log.all.length
  return subscribe(log, call, options, { start: isAfterOne ? start + 1 : start })
}

/** Reads and subscriptions are one call, distinguished by its options. */
export const read = (log: Log) => (call: Call) => {
  const options = call.request.getOptions() ?? new streamsPb.ReadReq.Options()
  const stream = options.getStream()
  if (stream === undefined) return void readOrFollowAll(log, call, options, options.getAll() ?? new streamsPb.ReadReq.Options.AllOptions())
  return void (options.hasSubscription() ? subscribe(log, call, options, { stream }) : readStream(log, call, options, stream))
}
