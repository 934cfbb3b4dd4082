import { openCopy } from '../../infrastructure/event-store/sqlite/open-copy.ts'
import { runThread } from '../../infrastructure/event-store/sqlite/run-thread.ts'
import { CannotStart } from '../../infrastructure/event-store/sqlite/start-failure.ts'
import { openCurrentProjector } from '../open-current-projector.ts'
import { keepFile } from './keep-file.ts'
import type { Message, Reply } from './wire.ts'

runThread<Message, Reply>((log) => {
  const { db, close } = openCopy(log)
  try {
    return { answer: keepFile(db, openCurrentProjector(db)), close }
  } catch (error) {
    close()
    throw new CannotStart(error instanceof Error ? error.message : 'unknown', { is: 'projection_failed', cause: error })
  }
})
