import { dirname } from 'node:path'
import { openReadConnection } from '../../file/connection.ts'
import { startFailure } from '../../sqlite-error.ts'
import { runThread } from '../../writer/run-thread.ts'
import { Diverged, treeGrower } from './grow-tree.ts'
import { openProofsForWriting, proofsFile } from './proofs-file.ts'
import type { TreeMessage, TreeReply } from './tree-messages.ts'

runThread<TreeMessage, TreeReply>(({ file, kind = 'log' }) => {
  const log = openReadConnection(file, kind)
  const proofs = openProofsForWriting(proofsFile(dirname(file)))
  const { grow, tiles } = treeGrower(log, proofs)
  const save = proofs.prepare('INSERT OR IGNORE INTO checkpoint (size, note) VALUES (?, ?)')
  const answer = (message: TreeMessage): TreeReply => {
    try {
      if (message.type === 'grow') {
        const grown = grow(message.through)
        // A copy of the file alone must have the tree.
        if (!grown.isBehind) proofs.pragma('wal_checkpoint(PASSIVE)')
        return { failure: null, ...grown }
      }
      save.run(message.size, message.note)
      return { failure: null, size: tiles.size(), isBehind: false }
    } catch (error) {
      if (error instanceof Diverged) return { failure: { type: 'diverged', detail: error.message } }
      return { failure: { type: 'unavailable', detail: startFailure(error, proofsFile(dirname(file))).detail } }
    }
  }
  const close = () => {
    proofs.close()
    log.close()
  }
  return { answer, close }
})
