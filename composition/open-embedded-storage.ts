import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { CommitObserver } from '../application/ports/commit-observer.ts'
import type { EventStore, StoreFailure } from '../application/ports/event-store.ts'
import { clockAtStart } from '../infrastructure/clock/clock-at-start.ts'
import { signsOfLife } from '../infrastructure/clock/signs-of-life.ts'
import { type TrustedClock, trustedClock } from '../infrastructure/clock/trusted-clock.ts'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { logFile, openDataDirLog } from '../infrastructure/data-dir/open-data-dir-log.ts'
import type { Unready } from '../infrastructure/event-store/log-storage.ts'
import { refuseAppends } from '../infrastructure/event-store/refuse-appends.ts'
import type { SqliteStartFailure } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import type { Storage } from './gatebook.ts'
import { openReadModels } from './open-read-models.ts'
import type { ClockFailure } from './start-failure.ts'

const lastSeen = async (store: EventStore) => {
  const head = await store.head()()
  if (isLeft(head)) return head
  const newest = await store.readAll(head.right - 1, 1)()
  if (isLeft(newest)) return newest
  return right({ isNew: head.right === 0, seen: Math.max(0, ...newest.right.map(({ recordedAt }) => Date.parse(recordedAt))) })
}

const signEvery = 600_000

const goOn = 'set the clock, or go on as it is with ACCEPT_CLOCK_JUMP=true (see docs/runbook.md)'

const clockTexts = {
  behind: `the clock is more than a day behind the newest event: ${goOn}`,
  ahead: `the clock is more than a day after the newest event and the last run: ${goOn}`,
}

/** Log and read models share a file and a transaction, so nothing is ever stale. */
export async function openEmbeddedStorage(
  { DATA_DIR: dataDir, ACCEPT_CLOCK_JUMP: acceptJump, NODE_ENV }: Values,
  hooks: Hooks,
): Promise<Either<SqliteStartFailure | StoreFailure | ClockFailure, Storage>> {
  const { wall = Date.now, elapsed, onWriterDeath = () => {}, onCommitted = () => {}, onClock = () => {} } = hooks
  const life = signsOfLife(dataDir)
  const lastAlive = life.last()
  let clock: TrustedClock | null = null
  let caches: CommitObserver | null = null
  let unready: Unready | null = null

  const opened = await openDataDirLog(dataDir, {
    now: () => clock?.now() ?? wall(),
    onCommitted: (events) => {
      caches?.observe(events)
      onCommitted(events)
    },
    onWriterDeath: () => {
      unready = { problem: 'STORE_UNAVAILABLE', reason: 'writer_dead' }
      onWriterDeath()
    },
  })()
  if (isLeft(opened)) return opened
  const store = opened.right
  const last = await lastSeen(store)
  if (isLeft(last)) {
    await store.close()
    return last
  }
  const { seen } = last.right
  const standing = acceptJump ? 'plausible' : clockAtStart({ wall: wall(), newest: seen, lastAlive })
  if (standing === 'behind' || (standing === 'ahead' && NODE_ENV === 'production')) {
    await store.close()
    return left({ type: 'clock_jumped', detail: clockTexts[standing] })
  }
  if (standing === 'ahead') onClock({ type: 'ahead' })
  const trusted = trustedClock(seen, { wall, ...(elapsed && { elapsed }), acceptJump, onEvent: onClock })
  clock = trusted
  const giveSign = () => {
    if (!trusted.hasJumped()) life.give(wall())
  }
  giveSign()
  const signing = setInterval(giveSign, signEvery).unref()
  const models = openReadModels(logFile(dataDir), 'log')

  return right({
    store: refuseAppends(store, trusted.hasJumped),
    models,
    now: trusted.now,
    wall: trusted.wall,
    isNew: last.right.isNew,
    positions: undefined,
    probe: store.probe,
    erasure: store,
    isFresh: undefined,
    unready: async () =>
      unready ??
      (trusted.hasJumped() ? { problem: 'STORE_UNAVAILABLE', reason: 'clock_jumped' } : null) ??
      (isLeft(await store.head()()) ? { problem: 'STORE_UNAVAILABLE', reason: 'log_unreachable' } : null),
    node: undefined,
    begin: (given, onFresh) => {
      caches = given
      return onFresh()
    },
    close: async () => {
      clearInterval(signing)
      giveSign()
      models.db.close()
      await store.close()
    },
  })
}
