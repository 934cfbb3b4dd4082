import type { Logger } from 'pino'
import type { Hooks } from '../../composition/hooks.ts'
import { logClusterNode } from './log-cluster-node.ts'

/** What goes wrong behind everybody's back, in the log. */
export function logHooks(logger: Logger): Hooks {
  return {
    onWriterDeath: () => logger.fatal('the thread that writes the database has died: restart'),
    onNode: logClusterNode(logger),
    onUndelivered: (failure) => logger.warn(failure, 'a mail was not delivered'),
    onFault: (error) => logger.error({ error }, 'a fault in the background'),
  }
}
