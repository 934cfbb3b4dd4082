import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Appended, EventStore, StoreFailure } from '../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../domain/kernel/streams.ts'
import { requireKeyStream } from '../encode-events.ts'
import { attempts, type Patience } from './attempts.ts'
import { clientFailure, kindOf } from './client-error.ts'
import { newWireEvents } from './new-wire-events.ts'
import type { Reader } from './reader.ts'
import type { Client } from './wire.ts'

/** Appends are retried with the same event ids and expected revision, so that they take effect once. */
export function appenderOf(client: Client, reader: Reader, patience: Patience) {
  let newest = -1

  const keepNewestOnly = async (stream: string) => {
    try {
      await attempts(patience, ({ ms }) => client.keepNewestOnly(stream, ms))
    } catch (error) {
      if (kindOf(error) !== 'wrong-expected-version') throw error
    }
  }

  /** For a repeated append the server returns another position or none, so only the position of a new append is trusted. */
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
