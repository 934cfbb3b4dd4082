import type { Message, Reply } from '../infrastructure/cluster/replica-messages.ts'
import { replicaWriter } from '../infrastructure/cluster/replica-writer.ts'
import { openReplicaFile } from '../infrastructure/event-store/sqlite/file/open-replica-file.ts'
import { CannotStart } from '../infrastructure/event-store/sqlite/file/start-failure.ts'
import { copyRows } from '../infrastructure/event-store/sqlite/replica/copy-rows.ts'
import { runThread } from '../infrastructure/event-store/sqlite/writer/run-thread.ts'
import { openCurrentProjector } from './open-current-projector.ts'

runThread<Message, Reply>((log) => {
  const { db, close } = openReplicaFile(log)
  try {
    const models = openCurrentProjector(db, 'copy')
    return { answer: replicaWriter(copyRows(db, models), models), close }
  } catch (error) {
    close()
    throw new CannotStart(error instanceof Error ? error.message : 'unknown', { type: 'projection_failed', cause: error })
  }
})
