import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { followLog } from '../../../infrastructure/cluster/follow-log.ts'
import { freshness } from '../../../infrastructure/cluster/freshness.ts'
import { reachedPositions } from '../../../infrastructure/cluster/reached-positions.ts'
import type { Replica } from '../../../infrastructure/cluster/replica.ts'
import { watchHead } from '../../../infrastructure/cluster/watch-head.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { until } from './node-on.ts'

/** A log of four events, none of which is the newest one of the replica. */
const anotherLog = (onHead: () => void): EventStore => {
  const head = async () => {
    onHead()
    return right(4)
  }
  return { ...memoryEventStore(), read: () => async () => right([]), head: () => head }
}

const lost = { position: 4, stream: 'session-1', revision: 0, eventId: 'lost' }

test.each([
  ['that succeeds', null, 0],
  ['that fails', { type: 'file', detail: 'the disk is full' } as const, 4],
])('a node is not fresh between a wipe %s and what tells it so', async (_how, failure, positionAfter) => {
  let isEmpty = false
  let heads = 0
  const reached = reachedPositions(1_000)
  reached.moveTo(4)
  const fresh = freshness(10_000)
  const wiping = Promise.withResolvers<typeof failure>()
  const wiped = Promise.withResolvers<void>()
  const file: Partial<Replica> = {
    wipe: () => {
      isEmpty = true
      return wiping.promise
    },
    pause: async () => {},
    goOnFrom: () => {},
  }
  const common = { store: anotherLog(() => (heads += 1)), newestCopied: () => (isEmpty ? undefined : lost), reached, fresh }
  const clearCaches = () => wiped.resolve()
  const following = followLog({ ...common, file: file as Replica, onEvent: () => {}, clearCaches })
  const watcher = watchHead({ ...common, maxStaleness: 400, onDiverged: () => {} })
  await until(() => isEmpty && heads > 2)
  expect([fresh.isFresh(), reached.position()]).toEqual([false, 0])
  wiping.resolve(failure)
  await wiped.promise
  expect(reached.position()).toBe(positionAfter)
  expect(fresh.isFresh()).toBe(false)
  await Promise.all([watcher.close(), following.close()])
})
