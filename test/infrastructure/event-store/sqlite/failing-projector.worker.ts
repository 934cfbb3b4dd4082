import { runSqliteWriter } from '../../../../infrastructure/event-store/sqlite/writer/run-writer.ts'

const openProjector = () => {
  throw new Error('no such read model')
}

runSqliteWriter({ openProjector })
