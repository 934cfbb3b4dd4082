import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { mostFrameBytes } from './frames.ts'
import { listenForUpgrades } from './listen-for-upgrades.ts'
import type { SocketUpgrades } from './socket-upgrades.ts'

const options = { maxPayload: mostFrameBytes, maxFragments: 64, perMessageDeflate: false, clientTracking: false }

type Needs = { readonly path: string; readonly register: (scope: FastifyInstance) => void }

/**
 * The plugin gets the upgrades that we give it and does not listen to the server, where it would take those of every other path.
 * An app that has registered it around us dispatches ours too, and its options hold.
 */
export function mountSockets(app: FastifyInstance, upgrades: SocketUpgrades, { path, register }: Needs): void {
  const { server } = upgrades
  app.register((scope, _, done) => {
    if (!scope.hasRequestDecorator('ws')) {
      scope.register(websocket, {
        options: { ...options, server },
        // `ws` has sent the close frame, and the socket has a listener of its own.
        errorHandler: () => {},
        preClose: (closed) => closed(),
      })
    }
    scope.addHook('onRequest', (request, reply, next) => {
      upgrades.markDispatched(request.raw)
      if (request.ws) reply.header('connection', 'close')
      next()
    })
    scope.after(() => register(scope))
    let stop = () => {}
    scope.addHook('onReady', (ready) => {
      stop = listenForUpgrades(app.server, `${app.prefix}${path}`, upgrades)
      ready()
    })
    scope.addHook('preClose', (closed) => {
      stop()
      closed()
    })
    done()
  })
}
