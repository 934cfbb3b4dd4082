import type { Logger } from 'pino'
import type { Outside } from '../../composition/hooks.ts'
import { logNode } from './log-cluster-node.ts'

/** What goes wrong behind everybody's back, in the log. */
export const toldTo = (logger: Logger): Outside => ({
  onWriterDeath: () => logger.fatal('the thread that writes the database has died: restart'),
  onNode: logNode(logger),
  onUndelivered: (failure) => logger.warn(failure, 'a mail was not delivered'),
  onFault: (error) => logger.error({ error }, 'a fault in the background'),
})
