import { isLeft } from 'fp-ts/lib/Either.js'
import { closeOnSignal } from '../../../cli/close-on-signal.ts'
import { startServer } from '../../../composition/start-server.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import type { Hooks } from '../../../infrastructure/observability/hooks.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'

const [fault = '', delay = ''] = process.argv.slice(2)
let isListening = false

const throwSecret = () => {
  throw new Error('ada@example.org')
}

const faults: Readonly<Record<string, () => unknown>> = {
  reject: () => void Promise.reject(new Error('ada@example.org')),
  reject_without_reason: () => void Promise.reject(),
  throw: () => setTimeout(throwSecret),
  throw_twice: () => [1, 5].map((after) => setTimeout(throwSecret, after)),
}

const hooks: Hooks = {
  onCommitted: () => {
    if (isListening) faults[fault]?.()
    if (fault !== 'hang') isListening = false
  },
  wrapStore: (store) => ({
    ...store,
    append: (...append) => (isListening && fault === 'hang' ? () => new Promise(() => {}) : store.append(...append)),
  }),
}

const values = readConfig(process.env)
if (isLeft(values)) throw new Error('wrong configuration')
const logger = createLogger('info')
const started = await startServer(values.right, logger, hooks)
if (isLeft(started)) throw new Error('did not start')
closeOnSignal(logger, started.right.stop, Number(delay))
isListening = true
logger.info({ url: started.right.url }, 'listening')
