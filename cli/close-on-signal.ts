import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

/** The other signals keep Node's defaults: a handler for SIGSEGV, for one, would turn a crash into a hang. */
const skip: closeWithGrace.AllEvents[] = ['SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGUSR2', 'beforeExit']

/**
 * Calls `close` on SIGTERM, SIGINT, SIGHUP or an error that nothing has caught, then ends the process.
 * The exit code is 1 after an error, on a second signal, and when `close` fails or takes longer than `delay` milliseconds.
 */
export function closeOnSignal(logger: Logger, close: () => Promise<void>, delay = 10_000) {
  const options: closeWithGrace.Options = {
    delay,
    skip,
    // It would log the error's message, which may repeat what a caller sent.
    logger: false,
    onTimeout: () => logger.fatal({ delayMs: delay }, 'shutdown took too long: exiting'),
    onSecondSignal: (signal) => logger.warn({ signal }, 'second signal: exiting'),
    onSecondError: (error) => logger.fatal({ error }, 'uncaught error while shutting down: exiting'),
  }
  closeWithGrace(options, async ({ signal, err: error }) => {
    if (signal === undefined) logger.fatal({ error }, 'uncaught error: shutting down')
    else logger.info({ signal }, 'shutting down: requests in flight finish first')
    try {
      await close()
    } catch (failure) {
      logger.fatal({ error: failure }, 'shutdown failed')
      throw failure
    }
    logger.info('stopped')
    // The library takes a rejection without a reason for a success.
    if (signal === undefined) throw error ?? new Error('uncaught rejection')
  })
}
