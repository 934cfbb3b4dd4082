import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Appended, EventStore, PayloadErasure, RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { encodeEvents, requireKeyStream } from '../encode-events.ts'
import { requireSessionStream } from '../erase-grant.ts'
import { requireLoginStream } from '../erase-payload.ts'
import { pollingSubscriptions } from '../polling-subscriptions.ts'
import { storeClosed } from '../store-closed.ts'
import { openReadConnection } from './file/connection.ts'
import type { OpenLogFile } from './file/open-log-file.ts'
import type { SqliteStartFailure } from './file/start-failure.ts'
import { erasedThrough } from './reader/erased-through.ts'
import { readCache } from './reader/read-cache.ts'
import { sqliteReader } from './reader/reader.ts'
import { startFailure } from './sqlite-error.ts'
import { writeQueue } from './writer/write-queue.ts'
import { startWriterThread } from './writer/writer-thread.ts'

export type OpenSqliteEventStore = OpenLogFile & {
  readonly worker: URL
  /** Called when the events are on disk, before any caller gets its result. What it throws is not caught. */
  readonly onCommitted?: (events: readonly RecordedEvent[]) => void
  /** Nothing can be appended until the store is opened again. */
  readonly onWriterDeath?: () => void
  /** Milliseconds since 1970 for `recordedAt`. */
  readonly now?: () => number
}

export type SqliteEventStore = EventStore &
  PayloadErasure & {
    /** Succeeds where an append would find room and a disk that writes. Leaves nothing behind. */
    readonly probe: TaskEither<StoreFailure, void>
  }

const died: StoreFailure = { type: 'unavailable', detail: 'the thread that writes the log has died' }

export const openSqliteEventStore =
  ({
    worker,
    onCommitted,
    onWriterDeath,
    now = Date.now,
    ...log
  }: OpenSqliteEventStore): TaskEither<SqliteStartFailure, SqliteEventStore> =>
  async () => {
    const started = await startWriterThread(worker, log)
    if (isLeft(started)) return started
    const writer = started.right
    try {
      const db = openReadConnection(log.file)
      const reader = sqliteReader(db)
      const subscriptions = pollingSubscriptions(reader.readAll)
      const { read, observe, clear } = readCache(reader.read)
      const queue = writeQueue(writer.send, now, (events) => {
        observe(events)
        onCommitted?.(events)
        subscriptions.wake()
      })
      writer.listen(queue.answer, () => {
        queue.fail(died)
        onWriterDeath?.()
      })
      let closing: Promise<void> | null = null
      const close = async () => {
        await queue.drain(storeClosed)
        subscriptions.end()
        await reader.close()
        clear()
        await writer.finish()
      }
      return right({
        ...reader,
        read,
        subscribe: subscriptions.subscribe,
        append: (stream, expected, events) => () =>
          new Promise((done) => {
            const jsons = encodeEvents(stream, expected, events)
            const answer = (result: Either<StoreFailure, Appended>) => {
              if (isLeft(result)) clear()
              done(result)
            }
            queue.push({ type: 'append', stream, expected, events, jsons, done: answer })
          }),
        deleteKeyStream: (stream) => () =>
          new Promise((done) => {
            requireKeyStream(stream)
            queue.push({ type: 'delete', stream, done: (result) => done(isLeft(result) ? result : right(undefined)) })
          }),
        erasePayloads: (stream, part) => async () => {
          requireLoginStream(stream)
          const { summary } = part
          for (let from = part.from; from < summary; ) {
            const next = await new Promise<Either<StoreFailure, Appended>>((done) => {
              queue.push({ type: 'erase', stream, part: { ...part, from }, done })
            })
            if (isLeft(next)) return next
            from = next.right.revision
          }
          return right(undefined)
        },
        eraseGrant: (stream, grant) => () =>
          new Promise((done) => {
            requireSessionStream(stream)
            queue.push({ type: 'erase_grant', stream, grant, done: (result) => done(isLeft(result) ? result : right(undefined)) })
          }),
        erasedThrough: erasedThrough(db),
        saveErasedThrough: (position, kind) => () =>
          new Promise((done) => {
            queue.push({ type: 'save', stream: '', position, kind, done: (result) => done(isLeft(result) ? result : right(undefined)) })
          }),
        probe: () =>
          new Promise((done) => {
            queue.push({ type: 'probe', stream: '', done: (result) => done(isLeft(result) ? result : right(undefined)) })
          }),
        close: () => (closing ??= close()),
      } satisfies SqliteEventStore)
    } catch (error) {
      await writer.finish()
      return left(startFailure(error, log.file))
    }
  }
