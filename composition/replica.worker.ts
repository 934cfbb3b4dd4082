import type { Message, Reply } from '../infrastructure/cluster/replica-messages.ts'
import { keepFile } from '../infrastructure/cluster/replica-writer.ts'
import { openCopy } from '../infrastructure/event-store/sqlite/file/open-replica-file.ts'
import { CannotStart } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import { runThread } from '../infrastructure/event-store/sqlite/writer/run-thread.ts'
import { openCurrentProjector } from './open-current-projector.ts'

runThread<Message, Reply>((log) => {
  const { db, close } = openCopy(log)
  try {
    return { answer: keepFile(db, openCurrentProjector(db)), close }
  } catch (error) {
    close()
    throw new CannotStart(error instanceof Error ? error.message : 'unknown', { type: 'projection_failed', cause: error })
  }
})
