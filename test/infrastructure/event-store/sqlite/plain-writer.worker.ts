import { runSqliteWriter } from '../../../../infrastructure/event-store/sqlite/writer/run-writer.ts'

runSqliteWriter({ openProjector: null })
