import type { Logger } from 'pino'
import type { NodeEvent } from '../cluster/follow-log.ts'
import type { Hooks } from './hooks.ts'

const nodeLines = {
  caught_up: ['info', 'read models have caught up with the log'],
  catching_up: ['info', 'read models are catching up with the log'],
  subscription_ended: ['warn', 'subscription to the log ended: reconnecting'],
  keeping_failed: ['error', 'cannot write the replica file of this node: retrying'],
  rewound: ['error', 'read models hold events that are not in the log: rebuilding from scratch'],
  stopped: ['fatal', 'read models have stopped and all requests are refused: see docs/runbook.md'],
} as const satisfies Record<NodeEvent['type'], readonly [keyof Pick<Logger, 'info' | 'warn' | 'error' | 'fatal'>, string]>

export function logHooks(logger: Logger): Hooks {
  return {
    onWriterDeath: () => logger.fatal('the database writer thread has died: restart the server'),
    onNode: (event) => {
      const [level, line] = nodeLines[event.type]
      logger[level](event, line)
    },
    onErasuresOwed: (owed) => {
      if (owed > 0) logger.error({ owed }, 'erasures could not be completed: restart the server to retry')
    },
    onUndelivered: (failure) => logger.warn(failure, 'mail delivery failed'),
    onFault: (error) => logger.error({ error }, 'background task failed'),
  }
}
