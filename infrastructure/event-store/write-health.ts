import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventStore, StoreFailure } from '../../application/ports/event-store.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import { clockJumped } from './refuse-appends.ts'

type Options = {
  /** Called at most once a minute, with what the store says and names no person. */
  readonly onFailure: (detail: string) => void
  readonly onRecovery: () => void
  /** Writes something and removes it again. */
  readonly probe: TaskEither<StoreFailure, void>
  readonly elapsed?: () => number
}

const minute = 60_000

/** Milliseconds from a failure to a probe, and between two of them. */
const probeAfter = 5_000

/** A clock that jumped has a line of its own. */
const faultIn = (result: Either<StoreFailure, unknown>) =>
  isLeft(result) && 'detail' in result.left && result.left !== clockJumped ? result.left.detail : null

/** A full disk shows in writes alone. Readiness would stay lost without traffic, so after a while a probe is written. */
export function writeHealth(store: EventStore, { onFailure, onRecovery, probe, elapsed = monotonic }: Options) {
  let failedAt: number | null = null
  let toldAt = Number.NEGATIVE_INFINITY
  let probing: Promise<unknown> | null = null

  const tell = (detail: string) => {
    if (elapsed() - toldAt < minute) return
    toldAt = elapsed()
    onFailure(detail)
  }
  const succeed = () => {
    if (failedAt !== null) onRecovery()
    failedAt = null
  }
  const watched =
    <A>(task: TaskEither<StoreFailure, A>, isWrite: boolean): TaskEither<StoreFailure, A> =>
    async () => {
      const result = await task()
      const fault = faultIn(result)
      if (fault !== null) tell(fault)
      if (fault !== null && isWrite) failedAt = elapsed()
      if (isWrite && !isLeft(result)) succeed()
      return result
    }

  return {
    store: {
      ...store,
      append: (stream, expected, events) => watched(store.append(stream, expected, events), true),
      deleteKeyStream: (stream) => watched(store.deleteKeyStream(stream), true),
      read: (stream, from) => watched(store.read(stream, from), false),
      readAll: (position, limit) => watched(store.readAll(position, limit), false),
      head: () => watched(store.head(), false),
    } satisfies EventStore,
    /** Whether the last write failed. */
    isFailing: async () => {
      if (failedAt !== null && elapsed() - failedAt >= probeAfter) {
        probing ??= watched(probe, true)().finally(() => {
          probing = null
        })
        await probing
      }
      return failedAt !== null
    },
  }
}
