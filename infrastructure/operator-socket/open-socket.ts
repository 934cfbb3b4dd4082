import type { Logger } from 'pino'
import type { AnswerOperator } from './answer.ts'
import { type OperatorSocket, serveOperatorSocket } from './serve-socket.ts'

/** `dataDir` is null for a log in memory, whose data directory no command could name. */
type Options = { readonly dataDir: string | null; readonly answer: AnswerOperator; readonly logger: Pick<Logger, 'error' | 'warn'> }

const none: OperatorSocket = { close: async () => {} }

/** Commands of operators reach the process that holds the log. Without the socket everything else works, so it stops no start. */
export async function openOperatorSocket({ dataDir, answer, logger }: Options): Promise<OperatorSocket> {
  if (dataDir === null) return none
  try {
    const onFault = (error: unknown) => logger.error({ error }, 'a command of an operator failed')
    return await serveOperatorSocket({ dataDir, answer, onFault })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    logger.warn({ code }, 'the socket for commands of operators cannot be opened in DATA_DIR: they need this process stopped')
    return none
  }
}
