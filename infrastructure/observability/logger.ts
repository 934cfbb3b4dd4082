import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** Never the message of an error: `JSON.parse` quotes what it read, and so do others. */
export function errorTrace(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { readonly code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames: frames.slice(0, 12).map((line) => line.trim()) }
}

// Written at once: a line that waits for a thread can be overtaken by a later one, or lost when the process exits.
const standardOutput = () => pino.destination({ sync: true })

export function createLogger(level: LogLevel, destination: DestinationStream = standardOutput()): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorTrace, error: errorTrace } }
  return pino(options, destination)
}
