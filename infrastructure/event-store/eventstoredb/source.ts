import { setImmediate as turn } from 'node:timers/promises'
import { wakeSignal } from '../wake-signal.ts'
import type { Client, WireEvent } from './client.ts'

/** Events between the server and a slow observer. The server drops whom it cannot write to, so they wait here first. */
const queueLimit = 4_096

/** The most that an event waits for the next one. */
const gatheringMs = 10

export type Item = WireEvent | 'caught_up'

class Ended extends Error {
  readonly type = 'unavailable'
}

/** One subscription of the client, from after `position` until it fails or `signal` is aborted, as a bounded queue. */
export function openSource(client: Client, position: number, confirmationMs: number, signal: AbortSignal) {
  const subscription = client.subscribe(position)
  const { wake, woken } = wakeSignal()
  let queue: Item[] = []
  let failure: unknown = null
  let eventsBeforeMark = -1

  const fail = (error: unknown) => {
    failure ??= error
    clearTimeout(confirmation)
    wake()
  }
  const put = (item: Item) => {
    queue.push(item)
    if (queue.length >= queueLimit) subscription.pause()
    wake()
  }
  const confirmation = setTimeout(() => fail(new Ended('not confirmed in time')), confirmationMs)
  const onAbort = () => fail(new Ended('not wanted any more'))
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()

  subscription.on('confirmation', () => clearTimeout(confirmation))
  subscription.on('error', fail)
  for (const end of ['end', 'close'] as const) subscription.on(end, () => fail(new Ended('ended')))
  subscription.on('data', ({ event }) => {
    if (event !== undefined) put(event as WireEvent)
    if (eventsBeforeMark > 0 && --eventsBeforeMark === 0) put('caught_up')
  })
  // The client says so when it reads the message, with events that came before still waiting in its stream.
  subscription.on('caughtUp', () => {
    eventsBeforeMark = subscription.readableLength
    if (eventsBeforeMark === 0) put('caught_up')
  })

  /** The client gives one event after another: waits while each turn brings more, so that what arrives together is told together. */
  const gather = async () => {
    const end = performance.now() + gatheringMs
    for (let before = 0; queue.length > before && queue.length < queueLimit && performance.now() < end; ) {
      before = queue.length
      await turn()
    }
  }

  return {
    /** What has come since the last time, at least one item. Throws why there will be no more when all was taken. */
    take: async (): Promise<readonly Item[]> => {
      while (queue.length === 0) {
        if (failure !== null) throw failure
        await woken()
        await gather()
      }
      const items = queue
      queue = []
      subscription.resume()
      return items
    },
    close: () => {
      fail(new Ended('closed'))
      signal.removeEventListener('abort', onAbort)
      subscription.removeAllListeners('data')
      subscription.unsubscribe().catch(() => {})
    },
  }
}
