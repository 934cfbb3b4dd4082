import { runSqliteWriter } from '../infrastructure/event-store/sqlite/run-writer.ts'
import { openProjector } from '../projections/projector.ts'

runSqliteWriter({ openProjector: (db) => openProjector(db) })
