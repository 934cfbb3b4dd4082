import type Database from 'better-sqlite3'
import { openLogFile } from '../file/open-log-file.ts'
import { CannotStart } from '../file/start-failure.ts'
import { groupCommitter, type Projector } from './commit-group.ts'
import { runThread } from './run-thread.ts'
import type { Answer, Group } from './wire.ts'

export type OpenProjector = ((db: Database.Database) => Projector) | null

const openProjectorOf = (openProjector: OpenProjector, db: Database.Database) => {
  try {
    return openProjector === null ? null : openProjector(db)
  } catch (error) {
    throw new CannotStart(error instanceof Error ? error.message : 'unknown', { type: 'projection_failed', cause: error })
  }
}

export function runSqliteWriter({ openProjector }: { readonly openProjector: OpenProjector }) {
  return runThread<Group, Answer>((log) => {
    const { db, close } = openLogFile(log)
    try {
      const answer = groupCommitter(db, openProjectorOf(openProjector, db))
      const checkpointAndClose = () => {
        db.pragma('wal_checkpoint(TRUNCATE)')
        close()
      }
      return { answer, close: checkpointAndClose }
    } catch (error) {
      close()
      throw error
    }
  })
}
