import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** Never the message of an error: `JSON.parse` quotes what it read, and so do others. */
export function errorTrace(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { readonly code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames: frames.slice(0, 12).map((line) => line.trim()) }
}

export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorTrace, error: errorTrace } }
  return destination === undefined ? pino(options) : pino(options, destination)
}
