import type { LineLogger } from '../../application/line-logger.ts'
import type { NodeEvent } from '../cluster/follow-log.ts'
import type { HashFault } from '../hashing/argon2-password-hasher.ts'
import type { Hooks } from './hooks.ts'
import { onceAMinute } from './once-a-minute.ts'

const nodeLines = {
  caught_up: ['info', 'read models have caught up with the log'],
  catching_up: ['info', 'read models are catching up with the log'],
  subscription_ended: ['warn', 'subscription to the log ended: reconnecting'],
  keeping_failed: ['error', 'cannot write the replica file of this node: retrying'],
  rewound: ['error', 'read models hold events that are not in the log: rebuilding from scratch'],
  stopped: ['fatal', 'read models have stopped and all requests are refused: see docs/runbook.md'],
} as const satisfies Record<NodeEvent['type'], readonly [keyof Pick<LineLogger, 'info' | 'warn' | 'error' | 'fatal'>, string]>

const clockLines = {
  jumped: ['error', 'the clock jumped: nothing is recorded until it is right again or ACCEPT_CLOCK_JUMP is set'],
  restored: ['info', 'the clock is right again'],
  behind: ['error', 'the clock is more than a day behind the newest event: nothing is recorded until it is right'],
  ahead: ['warn', 'nothing was recorded for more than a day before this start: if the service ran, the clock is wrong'],
} as const

const hashLines: Readonly<Record<HashFault, string>> = {
  unknown_hash: 'a stored password hash cannot be read: the password counts as wrong',
  hash_failed:
    'a password hash could not be computed, most likely for lack of memory: the password counts as wrong, or the request got 503',
  cover_failed: 'a hash that hides who was imported could not be computed: logins go on, and their time may tell who was imported',
}

export function logHooks(logger: LineLogger): Hooks {
  return {
    onWriterDeath: () => logger.fatal('the database writer thread has died: restart the server'),
    onNode: (event) => {
      const [level, line] = nodeLines[event.type]
      logger[level](event, line)
    },
    onStoreFailed: (detail) => logger.error({ detail }, 'the event log failed: requests that need it get 503'),
    onWriteRecovered: () => logger.info('the event log can be written again'),
    onClock: (event) => {
      const [level, line] = clockLines[event.type]
      logger[level]('byMs' in event ? { byMs: event.byMs } : {}, line)
    },
    onErasuresOwed: (owed) => {
      if (owed > 0) logger.error({ owed }, 'erasures could not be completed: restart the server to retry')
    },
    onEmailChangesOwed: (owed) => {
      if (owed > 0) logger.error({ owed }, 'changes of email addresses could not be completed: restart the server to retry')
    },
    onOtherPolicy: () =>
      logger.warn('another node put another policy in force: give every node the same limits and lifetimes, see docs/cluster.md'),
    onMailText: (mail, error) => logger.error({ mail, error }, 'a mail text of the app failed: the built-in text is sent'),
    onLegacyFault: (fault) => logger.error({ fault }, 'verifyLegacyPassword failed: the password counts as wrong'),
    onHashFault: onceAMinute((fault: HashFault) => logger.error({ fault }, hashLines[fault])),
    onRefolded: ({ checked, differences, places, failure }) => {
      if (failure !== null) logger.error({ detail: failure }, 'the read models could not be compared with the log')
      else if (differences !== 0) logger.error({ checked, differences, places }, 'read models differ from the log: see docs/runbook.md')
    },
    onProofs: (failure) => {
      if (failure === null) logger.info('the proofs of the log are kept again')
      else if (failure.type === 'diverged')
        logger.fatal(failure, 'the log is not the one that was proved: nothing is signed, see docs/proofs.md')
      else logger.error(failure, 'the proofs of the log cannot be kept: retrying')
    },
    onCheckpointSent: (variable, failure) => {
      if (variable === 'PROOFS_WITNESSES') {
        if (failure === null) logger.info({ variable }, 'every witness cosigns again')
        else logger.error({ variable, failure }, 'a checkpoint of the log was not cosigned: retrying')
      } else if (failure === null) logger.info({ variable }, 'checkpoints are sent again')
      else logger.error({ variable, failure }, 'a checkpoint of the log was not sent: retrying')
    },
    onUndelivered: (failure) => logger.warn(failure, 'mail delivery failed'),
    onFault: (error) => logger.error({ error }, 'background task failed'),
  }
}
