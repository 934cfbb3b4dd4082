import type { Logger } from 'pino'
import type { NodeEvent } from '../cluster/follow-log.ts'

const lines = {
  caught_up: ['info', 'the read models have caught up with the log'],
  catching_up: ['info', 'the read models are catching up with the log'],
  subscription_ended: ['warn', 'the subscription to the log has ended and is begun again'],
  keeping_failed: ['error', 'the file of this node could not be written: trying again'],
  rewound: ['error', 'the read models hold what is not in the log: they are thrown away and made anew'],
  stopped: ['fatal', 'the read models have stopped, and nobody is let in: see the runbook'],
} as const satisfies Record<NodeEvent['type'], readonly [keyof Pick<Logger, 'info' | 'warn' | 'error' | 'fatal'>, string]>

/** How a node fares, as lines of the log. */
export const logClusterNode = (logger: Logger) => (told: NodeEvent) => {
  const [level, line] = lines[told.type]
  logger[level](told, line)
}
