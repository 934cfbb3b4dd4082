import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { repeatChecks } from './check-again.ts'

type Needs = { readonly mount: (app: FastifyInstance) => unknown; readonly close: () => Promise<void>; readonly logger: Logger }

const noTimeout =
  'requestTimeout of the app is 0: a request may keep its body back for as long as it likes. Set it, for example to 10000, when you create the app'

/** The hook is added to the host's own app; everything else stays in a scope of its own. */
export function hostPlugin({ mount, close, logger }: Needs) {
  const plugin = async (host: FastifyInstance, options: { readonly prefix?: string } = {}) => {
    if (host.server.requestTimeout === 0) logger.warn(noTimeout)
    host.addHook('preHandler', repeatChecks)
    const { prefix } = options
    await host.register(
      (app, _, done) => {
        mount(app)
        app.addHook('onClose', close)
        done()
      },
      prefix === undefined ? {} : { prefix },
    )
  }
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
