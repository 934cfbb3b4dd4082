import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Appended, EventStore, StoreFailure } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { requireKeyStream } from '../encode-events.ts'
import { attempts, type Patience } from './attempts.ts'
import type { Client } from './client.ts'
import { clientFailure, kindOf } from './client-error.ts'
import { newWireEvents } from './new-wire-events.ts'
import type { Reader } from './reader.ts'

/** Appends with the ids that the caller gave and the revision that was expected, so that asking again is one effect. */
export function appenderOf(client: Client, reader: Reader, patience: Patience) {
  let newest = -1

  const keepNewestOnly = async (stream: string) => {
    try {
      await attempts(patience, ({ ms }) => client.keepNewestOnly(stream, ms))
    } catch (error) {
      if (kindOf(error) !== 'wrong-expected-version') throw error
    }
  }

  /**
   * Of an append that it had already the server says another position than the first time, or none. One that is newer than every
   * position before it, and was asked for once, is that of a new append.
   */
  const placed = async (stream: string, appended: { revision: number; position: number }, isFirstAttempt: boolean) => {
    const { revision, position } = appended
    if (isFirstAttempt && Number.isSafeInteger(position) && position > newest) {
      newest = position
      return right(appended)
    }
    const read = await reader.positionOf(stream, revision)
    return read === undefined ? left({ type: 'conflict', stream } as const) : right({ revision, position: read })
  }

  const append: EventStore['append'] = (stream, expected, events) => async (): Promise<Either<StoreFailure, Appended>> => {
    const wire = newWireEvents(stream, expected, events)
    if (isLeft(wire)) return wire
    try {
      if (isKeyStream(stream) && expected === 'no_stream') await keepNewestOnly(stream)
      const { isFirstAttempt, ...appended } = await attempts(patience, async ({ ms, before }) => {
        const { revision, position = -1n } = await client.append(stream, expected, wire.right, ms)
        return { revision: Number(revision), position: Number(position), isFirstAttempt: before === 0 }
      })
      return await placed(stream, appended, isFirstAttempt)
    } catch (error) {
      return left(clientFailure(error, stream))
    }
  }

  const deleteKeyStream: EventStore['deleteKeyStream'] = (stream) => async () => {
    requireKeyStream(stream)
    try {
      await attempts(patience, ({ ms }) => client.tombstone(stream, ms))
    } catch (error) {
      if (kindOf(error) !== 'stream-deleted') return left(clientFailure(error, stream))
    }
    return right(undefined)
  }

  return { append, deleteKeyStream }
}
