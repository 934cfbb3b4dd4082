import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { type ServerWritableStream, status } from '@grpc/grpc-js'
import type { Log, StoredEvent } from './log.ts'
import { eventResponse, fault, nameIn } from './messages.ts'
import { write } from './write.ts'

type Call = ServerWritableStream<ReadReq, ReadResp>
type From = { readonly start: number } | { readonly stream: ReadReq.Options.StreamOptions }

/** How many live events may wait before a slow consumer is dropped. */
const liveBuffer = 32

const expression = (test: ReadReq.Options.FilterOptions.Expression | undefined) => {
  const [regex, prefixes] = [test?.getRegex() ?? '', test?.getPrefixList() ?? []]
  const pattern = new RegExp(regex)
  return (text: string) => (prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : pattern.test(text))
}

const matching = (filter: ReadReq.Options.FilterOptions) => {
  const [byStream, byType] = [expression(filter.getStreamIdentifier()), expression(filter.getEventType())]
  return filter.hasEventType() ? ({ type }: StoredEvent) => byType(type) : ({ stream }: StoredEvent) => byStream(stream)
}

const ofStream = (log: Log, stream: ReadReq.Options.StreamOptions) => {
  const name = nameIn(stream.getStreamIdentifier())
  const after = stream.hasRevision() ? Number(stream.getRevision()) : -1
  return (event: StoredEvent) => event.stream === name && event.revision > after && log.visible(name).includes(event)
}

const respond = (fill: (response: ReadResp) => void) => {
  const response = new streamsPb.ReadResp()
  fill(response)
  return response
}

const confirmation = () =>
  respond((response) => {
    const confirmed = new streamsPb.ReadResp.SubscriptionConfirmation()
    confirmed.setSubscriptionId(crypto.randomUUID())
    response.setConfirmation(confirmed)
  })

const checkpoint = (position: number) =>
  respond((response) => {
    const reached = new streamsPb.ReadResp.Checkpoint()
    reached.setCommitPosition(String(position))
    reached.setPreparePosition(String(position))
    response.setCheckpoint(reached)
  })

const caughtUp = () => respond((response) => response.setCaughtUp(new streamsPb.ReadResp.CaughtUp()))

/** Which events to send, from which index of `$all`, and after how many searched events to send a checkpoint. */
const planOf = (log: Log, options: ReadReq.Options, from: From) => {
  if ('stream' in from) {
    const start = from.stream.hasEnd() ? log.all.length : 0
    return { isWanted: ofStream(log, from.stream), start, window: Number.POSITIVE_INFINITY }
  }
  const filter = options.getFilter()
  if (filter === undefined) return { isWanted: () => true, start: from.start, window: Number.POSITIVE_INFINITY }
  const searched = filter.hasMax() ? filter.getMax() : liveBuffer
  return { isWanted: matching(filter), start: from.start, window: searched * Math.max(1, filter.getCheckpointintervalmultiplier()) }
}

/** Catches up as fast as the consumer reads. Then the subscription is live, and a slow consumer is dropped. */
export const subscribe = async (log: Log, call: Call, options: ReadReq.Options, from: From) => {
  const { isWanted, start, window } = planOf(log, options, from)
  let next = start
  let searched = 0
  let isLive = false
  let isOver = false

  const waiting = () => log.all.slice(next, next + 10 * liveBuffer).filter(isWanted).length
  let wake = () => {}
  const stopListening = log.listen(() => {
    if (isLive && !isOver && waiting() > liveBuffer) {
      isOver = true
      call.emit('error', fault(status.ABORTED, 'Operation timed out: Consumer too slow'))
    }
    wake()
  })
  const stop = () => {
    isOver = true
    stopListening()
    wake()
  }
  call.on('cancelled', stop)
  call.on('close', stop)

  const atTheEnd = async () => {
    // Measured: on a stream that does not exist yet only after its first event.
    const says = !isLive && (!('stream' in from) || log.exists(nameIn(from.stream.getStreamIdentifier())))
    isLive ||= says
    if (says) return void (await write(call, caughtUp()))
    return new Promise<void>((resolve) => {
      wake = resolve
    })
  }

  await write(call, confirmation())
  while (!isOver) {
    const event = log.all[next]
    if (event === undefined) await atTheEnd()
    else {
      next++
      if (isWanted(event)) await write(call, eventResponse(event))
      if (++searched % window === 0) await write(call, checkpoint(event.position))
    }
  }
}
