import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { OpenLogFile } from '../../file/open-log-file.ts'
import { startWriterThread, type WriterThread } from '../../writer/writer-thread.ts'
import type { TreeFailure, TreeMessage, TreeReply } from './tree-messages.ts'

const worker = new URL(import.meta.url.endsWith('.ts') ? './proofs.worker.ts' : './proofs.worker.js', import.meta.url)

const ended: TreeFailure = { type: 'unavailable', detail: 'the thread that keeps the proofs has ended' }

/** Started with the first question, because many processes end before they need it. One that ended is started again. */
export function treeThread({ file, kind = 'log' }: Pick<OpenLogFile, 'file' | 'kind'>) {
  let starting: Promise<Either<TreeFailure, WriterThread<TreeMessage, TreeReply>>> | null = null
  const waiting: ((reply: TreeReply) => void)[] = []

  const start = async () => {
    const started = await startWriterThread<TreeMessage, TreeReply>(worker, { file, kind, create: false })
    if (isLeft(started)) {
      starting = null
      return left<TreeFailure>({ type: 'unavailable', detail: started.left.detail })
    }
    const onDeath = () => {
      starting = null
      for (const settle of waiting.splice(0)) settle({ failure: ended })
    }
    started.right.listen((reply) => waiting.shift()?.(reply), onDeath)
    return started
  }
  return {
    ask: async (message: TreeMessage): Promise<TreeReply> => {
      starting ??= start()
      const thread = await starting
      if (isLeft(thread)) return { failure: thread.left }
      return new Promise((resolve) => {
        waiting.push(resolve)
        thread.right.send(message)
      })
    },
    /** After the last answer. */
    close: async () => {
      const thread = await (starting ?? right(null))
      if (!isLeft(thread)) await thread.right?.finish()
    },
  }
}
