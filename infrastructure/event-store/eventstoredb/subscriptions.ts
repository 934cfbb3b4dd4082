import type { EventStore, Observer, StoreFailure } from '../../../application/ports/event-store.ts'
import { backoff } from '../../clock/backoff.ts'
import { deliverEvents } from '../deliver-events.ts'
import { storeClosed } from '../store-closed.ts'
import { clientFailure, kindOf, mayBeAskedAgain } from './client-error.ts'
import { ForeignEvent, ownEvents } from './recorded-event.ts'
import { type Item, openSource } from './source.ts'
import type { Client, WireEvent } from './wire.ts'

/** This many "unknown" errors in a row are caused by the position, not by a passing fault. */
const unknownsInARow = 5

class ObserverFailed extends Error {}

const failureOf = (error: unknown): StoreFailure => {
  if (error instanceof ObserverFailed) return { type: 'unavailable', detail: `the observer failed: ${error.message}` }
  if (error instanceof ForeignEvent) return { type: 'corrupt', detail: error.message }
  return clientFailure(error, '$all')
}

type Following = { readonly client: Client; readonly confirmationMs: number }

const followAll = async ({ client, confirmationMs }: Following, position: number, observer: Observer, signal: AbortSignal) => {
  let last = position
  const { pause, reset } = backoff({ firstMs: 50, longestMs: 1_000, signal })
  let unknowns = 0
  let hasCaughtUp = false

  const deliverNew = async (events: readonly WireEvent[]) => {
    const recorded = ownEvents(events).filter(({ position }) => position > last)
    await deliverEvents(observer, recorded, () => signal.aborted).catch((error: unknown) =>
      Promise.reject(new ObserverFailed(error instanceof Error ? error.name : 'unknown error', { cause: error })),
    )
    last = Math.max(last, Number(events.at(-1)?.position?.commit ?? -1n))
  }

  const handle = async (items: readonly Item[]) => {
    const mark = items.indexOf('caught_up')
    const before = mark === -1 ? items : items.slice(0, mark)
    await deliverNew(before.filter((item) => item !== 'caught_up'))
    if (mark === -1) return
    if (!hasCaughtUp && !signal.aborted) observer.caughtUp?.()
    hasCaughtUp = true
    await deliverNew(items.slice(mark).filter((item) => item !== 'caught_up'))
  }

  const followOne = async () => {
    const source = openSource(client, last, confirmationMs, signal)
    try {
      while (!signal.aborted) {
        await handle(await source.take())
        reset()
        unknowns = 0
      }
    } finally {
      source.close()
    }
  }

  while (!signal.aborted) {
    try {
      await followOne()
    } catch (error) {
      if (signal.aborted) return
      unknowns = kindOf(error) === 'unknown' ? unknowns + 1 : 0
      const isOver = error instanceof ObserverFailed || error instanceof ForeignEvent || !mayBeAskedAgain(error)
      if (isOver || unknowns >= unknownsInARow) throw error
      observer.interrupted?.(failureOf(error))
      await pause()
    }
  }
}

/** Subscriptions that survive reconnects. Only a fault of the observer, the log or the access rights ends one. */
export function subscriptionsOf(following: Following) {
  const open = new Map<AbortController, Promise<void>>()
  let hasEnded = false

  const subscribe: EventStore['subscribe'] = (position, observer) => {
    let stopped = false
    const ending = new AbortController()
    if (hasEnded) ending.abort()
    const done = followAll(following, position, observer, ending.signal).then(
      () => {
        if (!stopped) observer.dropped(storeClosed)
      },
      (error: unknown) => {
        if (!stopped) observer.dropped(failureOf(error))
      },
    )
    open.set(ending, done)
    void done.finally(() => open.delete(ending))
    /** Waits for the event that is being handled: not to be awaited by the observer itself. */
    const close = async () => {
      stopped = true
      ending.abort()
      await done
    }
    return { close }
  }

  const end = async () => {
    hasEnded = true
    for (const ending of open.keys()) ending.abort()
    await Promise.all(open.values())
  }
  return { subscribe, end }
}
