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
const withoutMessage = (fields: object) => ('error' in fields ? { ...fields, error: errorTrace(fields.error) } : fields)

type Target = Pick<LineLogger, 'isLevelEnabled'> & { readonly write: (level: LineLevel, fields: object, line: string) => void }

const ownTarget = (own: LineLogger): Target => ({
  write: (level, fields, line) => own[level](fields, line),
  isLevelEnabled: (level) => own.isLevelEnabled(level),
})

const hostTarget = (given: HostLogger): Target => {
  const child = given.child?.({ module: 'gatebook' })
  const to = isHostLogger(child) ? child : given
  return {
    write: (level, fields, line) => to[level](withoutMessage(fields), line),
    isLevelEnabled: (level) => to.isLevelEnabled?.(level) ?? true,
  }
}

/** Writes to `own` until it is handed the logger of a host. */
export function handedOver(own: LineLogger): { readonly logger: LineLogger; readonly handOver: (to: HostLogger) => void } {
  let target = ownTarget(own)
  const at =
    (level: LineLevel) =>
    (...[fields, line]: readonly [string] | readonly [object, string]): void =>
      typeof fields === 'string' ? target.write(level, {}, fields) : target.write(level, fields, line ?? '')
  return {
    logger: {
      ...{ fatal: at('fatal'), error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') },
      isLevelEnabled: (level) => target.isLevelEnabled(level),
    },
    handOver: (to) => {
      target = hostTarget(to)
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
