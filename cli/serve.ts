import { isLeft } from 'fp-ts/lib/Either.js'
import { startFailureText } from '../composition/start-failure.ts'
import { type Running, startServer } from '../composition/start-server.ts'
import { misspelled } from '../infrastructure/configuration/misspelled.ts'
import { effectivePolicy } from '../infrastructure/configuration/read-config.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { createLogger } from '../infrastructure/observability/logger.ts'
import { closeOnSignal } from './close-on-signal.ts'
import { configuration } from './configuration.ts'
import { fail } from './fail.ts'
import { setupNotice } from './setup-notice.ts'

type ForTests = { readonly hooks?: Hooks; readonly onStarted?: (running: Running) => void }

export async function serve(removeEarlyHandlers = () => {}, { hooks, onStarted = () => {} }: ForTests = {}) {
  const values = configuration()
  const logger = createLogger(values.LOG_LEVEL)
  for (const warning of misspelled(process.env)) logger.warn(warning)
  logger.info({ policy: effectivePolicy(values) }, 'configuration')
  let stop = async () => {}
  closeOnSignal(logger, () => stop())
  removeEarlyHandlers()
  const started = await startServer(values, logger, hooks)
  if (isLeft(started)) return fail(`Gatebook did not start. ${startFailureText(started.left)}`)
  const { url, origin, metricsUrl, gatebook } = started.right
  stop = started.right.stop
  onStarted(started.right)
  logger.info({ url, metricsUrl }, 'listening')
  if (await gatebook.awaitsSetup()) console.error(setupNotice(origin, gatebook.setupToken))
}
