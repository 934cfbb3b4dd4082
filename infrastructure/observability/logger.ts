import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/**
 * What may be said of an error: its name, its code and where it was thrown. Never its message: `JSON.parse` quotes what it read, and so do
 * others.
 */
export function errorTrace(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { readonly code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames: frames.slice(0, 12).map((line) => line.trim()) }
}

/** NDJSON on standard output. Only what the caller of the logger names is written: no request, no header, no address. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorTrace, error: errorTrace } }
  return destination === undefined ? pino(options) : pino(options, destination)
}
