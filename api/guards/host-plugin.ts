import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { LineLogger } from '../../application/line-logger.ts'
import { repeatChecks } from './check-again.ts'
import type { HostApp } from './host-app.ts'

type Needs = {
  readonly mount: (app: FastifyInstance) => unknown
  readonly close: () => Promise<void>
  readonly logger: LineLogger
  /** The one of `openGatebook`, for an app that gives none when it registers the plugin. */
  readonly prefix?: string
  /** Whether front ends on other origins are to be let in, for which the app needs `@fastify/cors`. */
  readonly needsCors?: boolean
  /** Called with the app's own logger before anything else. */
  readonly onLogger?: (logger: object) => void
  /** Called with the whole prefix, that of a surrounding scope included. */
  readonly onMounted?: (prefix: string) => void
  /** Called once the app listens on a port. */
  readonly onListening?: (origin: string) => void
}

const noTimeout =
  'requestTimeout of the app is 0: a request may keep its body back for as long as it likes. Set it, for example to 10000, when you create the app'

const noCors =
  'allowedOrigins is set, and the app answers no preflight: register @fastify/cors, unless a proxy answers them (docs/embedding.md)'

const originOf = ({ server }: FastifyInstance): string | undefined => {
  const address = server.address()
  if (address === null || typeof address === 'string') return undefined
  return `${server instanceof TlsServer ? 'https' : 'http'}://localhost:${address.port}`
}

/** The hooks are added to the host's own app; everything else stays in a scope of its own. */
export function hostPlugin({ mount, close, logger, prefix: own = '', needsCors = false, onLogger, onMounted, onListening }: Needs) {
  const plugin = async (app: HostApp, options: { readonly prefix?: string } = {}): Promise<void> => {
    const host = app as FastifyInstance
    onLogger?.(host.log)
    if (host.server.requestTimeout === 0) logger.warn(noTimeout)
    host.addHook('preHandler', repeatChecks)
    host.addHook('onReady', (done) => {
      if (needsCors && !host.hasRequestDecorator('corsPreflightEnabled')) logger.warn(noCors)
      done()
    })
    host.addHook('onListen', (done) => {
      const origin = originOf(host)
      if (origin !== undefined) onListening?.(origin)
      done()
    })
    const { prefix = own } = options
    await host.register(
      (scope, _, done) => {
        mount(scope)
        onMounted?.(scope.prefix)
        scope.addHook('onClose', close)
        done()
      },
      { prefix },
    )
  }
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
