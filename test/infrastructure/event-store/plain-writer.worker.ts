import { runSqliteWriter } from '../../../infrastructure/event-store/sqlite/run-writer.ts'

runSqliteWriter({ openProjector: null })
