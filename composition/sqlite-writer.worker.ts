import { runSqliteWriter } from '../infrastructure/event-store/sqlite/writer/run-writer.ts'
import { openCurrentProjector } from './open-current-projector.ts'

runSqliteWriter({ openProjector: (db) => openCurrentProjector(db, 'log') })
