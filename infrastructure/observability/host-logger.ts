import type { LineLevel, LineLogger } from '../../application/line-logger.ts'
import { createLogger, errorTrace, type LogLevel } from './logger.ts'

/** A logger such as pino's, or `app.log` of a Fastify app. */
export type HostLogger = { readonly [Level in LineLevel]: (fields: object, line: string) => void } & {
  readonly child?: (bindings: { readonly module: string }) => unknown
  readonly isLevelEnabled?: (level: LineLevel) => boolean
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug'] as const satisfies readonly LineLevel[]

export function isHostLogger(u: unknown): u is HostLogger {
  return typeof u === 'object' && u !== null && levels.every((level) => typeof (u as Record<string, unknown>)[level] === 'function')
}

/** A Fastify app without a logger has one that writes nothing, which would swallow what an operator must know. */
const writesLines = (logger: object): logger is HostLogger => isHostLogger(logger) && 'level' in logger

/** The serializers of a host print the message of an error, which may quote what somebody has sent. */
const withoutMessages = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, name === 'error' ? errorTrace(value) : value]))

const atEachLevel = (write: (level: LineLevel, fields: object, line: string) => void): Omit<LineLogger, 'isLevelEnabled'> => {
  const writeAt =
    (level: LineLevel) =>
    (...[fields, line]: readonly [string] | readonly [object, string]): void =>
      typeof fields === 'string' ? write(level, {}, fields) : write(level, fields, line ?? '')
  return { fatal: writeAt('fatal'), error: writeAt('error'), warn: writeAt('warn'), info: writeAt('info'), debug: writeAt('debug') }
}

const lineLogger = (given: HostLogger): LineLogger => {
  const child = given.child?.({ module: 'gatebook' })
  const to = isHostLogger(child) ? child : given
  return {
    ...atEachLevel((level, fields, line) => to[level](withoutMessages(fields), line)),
    isLevelEnabled: (level) => to.isLevelEnabled?.(level) ?? true,
  }
}

/** Writes to `own` until it is handed the logger of a host. */
export function handedOver(own: LineLogger): { readonly logger: LineLogger; readonly handOver: (to: HostLogger) => void } {
  let current = own
  return {
    logger: {
      ...atEachLevel((level, fields, line) => current[level](fields, line)),
      isLevelEnabled: (level) => current.isLevelEnabled(level),
    },
    handOver: (to) => {
      current = lineLogger(to)
    },
  }
}

type Opened = { readonly logger: LineLogger; readonly onLogger: (ofApp: object) => void }

/** The logger that was given, or our own until the plugin is registered with an app that has one. */
export function openLogger(given: HostLogger | undefined, level: LogLevel): Opened {
  const { logger, handOver } = handedOver(createLogger(level))
  if (given !== undefined) handOver(given)
  return {
    logger,
    onLogger: (ofApp) => {
      if (given === undefined && writesLines(ofApp)) handOver(ofApp)
    },
  }
}
