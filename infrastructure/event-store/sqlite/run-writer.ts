import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { groupCommitter, type Projector } from './commit-group.ts'
import { openLog } from './open-log.ts'
import { startFailure } from './sqlite-error.ts'
import { CannotStart } from './start-failure.ts'
import type { Group } from './wire.ts'
import { finish, type Opened, type WriterData } from './writer-data.ts'

/** `null` where there are no read models to keep. */
export type OpenProjector = ((db: Database.Database) => Projector) | null

const openProjectorOf = (openProjector: OpenProjector, db: Database.Database) => {
  try {
    return openProjector === null ? null : openProjector(db)
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : 'unknown', { is: 'projection_failed', cause: error })
  }
}

const open = ({ log }: WriterData, openProjector: OpenProjector) => {
  const { db, close } = openLog(log)
  try {
    return { commit: groupCommitter(db, openProjectorOf(openProjector, db)), db, close }
  } catch (error) {
    close()
    throw error
  }
}

/**
 * The writer's thread: takes groups one after another until told to finish. It sleeps on a counter and not in an event loop,
 * because a message then reaches it in a tenth of the time.
 */
export const runSqliteWriter = ({ openProjector }: { readonly openProjector: OpenProjector }) => {
  const data = workerData as WriterData
  const { port, signal } = data
  try {
    const { commit, db, close } = open(data, openProjector)
    port.postMessage({ failure: null } satisfies Opened)
    for (;;) {
      const seen = Atomics.load(signal, 0)
      const received = receiveMessageOnPort(port) as { message: Group | typeof finish } | undefined
      if (received === undefined) {
        Atomics.wait(signal, 0, seen)
        continue
      }
      if (received.message === finish) {
        db.pragma('wal_checkpoint(TRUNCATE)')
        close()
        return
      }
      port.postMessage(commit(received.message))
    }
  } catch (error) {
    port.postMessage({ failure: startFailure(error, data.log.file) } satisfies Opened)
  }
}
