import { setImmediate as turn } from 'node:timers/promises'
import { wakeSignal } from '../wake-signal.ts'
import type { Client, WireEvent } from './wire.ts'

/** The server drops consumers that are too slow, so events wait here. */
const queueLimit = 4_096

/** Milliseconds that an event waits for the next one. */
const gatheringMs = 10

export type Item = WireEvent | 'caught_up'

class Ended extends Error {
  readonly type = 'unavailable'
}

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
  // Emitted when the message is read, while earlier events still wait in the stream.
  subscription.on('caughtUp', () => {
    eventsBeforeMark = subscription.readableLength
    if (eventsBeforeMark === 0) put('caught_up')
  })

  /** The client emits one event at a time; this collects events that arrive together into one batch. */
  const gather = async () => {
    const end = performance.now() + gatheringMs
    for (let before = 0; queue.length > before && queue.length < queueLimit && performance.now() < end; ) {
      before = queue.length
      await turn()
    }
  }

  return {
    /** Throws once everything was taken and the subscription has failed. */
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
