import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../../application/ports/event-store.ts'
import { storeClosed } from '../store-closed.ts'
import { appenderOf } from './appender.ts'
import type { Patience } from './attempts.ts'
import { kindOf } from './client-error.ts'
import { checkConnectionString } from './connection-string.ts'
import { loadClient } from './load-client.ts'
import { eventStoreDbReader, toEither } from './reader.ts'
import { ForeignEvent } from './recorded-event.ts'
import type { EventStoreDbStartFailure } from './start-failure.ts'
import { subscriptionsOf } from './subscriptions.ts'
import type { Client } from './wire.ts'

export type OpenEventStoreDb = {
  /** `esdb://user:password@host:port,host:port?tlsCAFile=…` or `esdb+discover://…` */
  readonly url: string
  /** Allows `tls=false` and default credentials. */
  readonly development?: boolean
  /** The server silently drops a repeated append while it still writes the first one, so an attempt has 2,500 ms. */
  readonly patience?: Patience
}

export type EventStoreDb = EventStore & {
  readonly deletedKeyStreams: () => TaskEither<StoreFailure, readonly string[]>
}

/** Requires EventStoreDB 23.10 or newer. Positions are its commit positions. */
export const openEventStoreDb =
  ({
    url,
    development = false,
    patience = { callMs: 10_000, attemptMs: 2_500 },
  }: OpenEventStoreDb): TaskEither<EventStoreDbStartFailure, EventStoreDb> =>
  async () => {
    const checked = checkConnectionString(url, development)
    if (isLeft(checked)) return checked
    const loaded = await loadClient()
    if (isLeft(loaded)) return loaded
    const opened = openedClient(loaded.right, checked.right)
    if (isLeft(opened)) return opened
    const client = opened.right
    const reader = eventStoreDbReader(client, { ...patience, attemptMs: Math.max(patience.attemptMs, patience.callMs / 2) })
    try {
      await reader.head()
      return right(storeOn(client, reader, patience))
    } catch (error) {
      await client.close()
      return left(error instanceof ForeignEvent ? { type: 'unavailable', detail: error.message } : startFailure(kindOf(error)))
    }
  }

const openedClient = (openClient: (url: string) => Client, url: string): Either<EventStoreDbStartFailure, Client> => {
  try {
    return right(openClient(url))
  } catch {
    return left({ type: 'malformed', detail: 'the client cannot read the connection string, or a file that it names' })
  }
}

const startFailure = (kind: string): EventStoreDbStartFailure =>
  kind === 'access-denied' || kind === 'code 7'
    ? { type: 'access_denied', detail: 'the server refuses the credentials, or this user may not read $all (see $settings)' }
    : { type: 'unavailable', detail: `the event store does not answer: ${kind}` }

const storeOn = (client: Client, reader: ReturnType<typeof eventStoreDbReader>, patience: Patience): EventStoreDb => {
  const appender = appenderOf(client, reader, patience)
  const subscriptions = subscriptionsOf({ client, confirmationMs: patience.callMs })
  const calls = new Set<Promise<unknown>>()
  let closing: Promise<void> | null = null

  const unlessClosed =
    <A>(task: TaskEither<StoreFailure, A>): TaskEither<StoreFailure, A> =>
    async () => {
      if (closing !== null) return left(storeClosed)
      const call = task()
      calls.add(call)
      try {
        return await call
      } finally {
        calls.delete(call)
      }
    }
  const close = async () => {
    await Promise.allSettled(calls)
    await subscriptions.end()
    await client.close()
  }
  return {
    read: (stream, from = 0) => unlessClosed(() => toEither(stream, () => reader.ofStream(stream, from))),
    append: (stream, expected, events) => unlessClosed(appender.append(stream, expected, events)),
    readAll: (position, limit) => unlessClosed(() => toEither('$all', () => reader.after(position, limit))),
    subscribe: subscriptions.subscribe,
    head: () => unlessClosed(() => toEither('$all', reader.head)),
    deletedKeyStreams: () => unlessClosed(() => toEither('$all', reader.deletedKeyStreams)),
    deleteKeyStream: (stream) => unlessClosed(appender.deleteKeyStream(stream)),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
