import { isLeft } from 'fp-ts/lib/Either.js'
import { effectivePolicy } from '../composition/config/effective-policy.ts'
import { startFailureText } from '../composition/start-failure.ts'
import { startServer } from '../composition/start-server.ts'
import { createLogger } from '../infrastructure/observability/logger.ts'
import { configuration } from './configuration.ts'
import { setupNotice } from './setup-notice.ts'

/** Runs the server until SIGTERM or SIGINT; a second signal does not wait for requests in flight. */
export async function serve() {
  const values = configuration()
  const logger = createLogger(values.LOG_LEVEL)
  logger.info({ policy: effectivePolicy(values) }, 'configuration')
  const started = await startServer(values, logger)
  if (isLeft(started)) {
    console.error(`Gatebook did not start. ${startFailureText(started.left)}`)
    process.exit(1)
  }
  const { url, stop, gatebook } = started.right
  logger.info({ url }, 'listening')
  if (await gatebook.awaitsSetup()) console.error(setupNotice(values.PUBLIC_ORIGIN ?? url, gatebook.setupToken))
  let stopping = false
  const onSignal = async (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    logger.info({ signal }, 'stopping: requests in flight finish')
    await stop()
    logger.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)
}
