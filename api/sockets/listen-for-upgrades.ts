import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SocketUpgrades } from './socket-upgrades.ts'

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Since Node 24.9: what an HTTP server asks before it takes a request for an upgrade. */
type Choosing = Server & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean }

const isBodyless = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

/** An older Node takes every upgrade away from the app as soon as one listener is there. RFC 9110 lets a server ignore the header. */
const answerWithoutUpgrade = (server: Server, request: IncomingMessage, socket: Duplex) => {
  if (!isBodyless(request)) return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  socket.on('error', () => socket.destroy())
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as never)
  response.once('finish', () => socket.end())
  server.emit('request', request, response)
}

/** Takes the upgrades for `path`, and leaves the others to whoever else listens. Returns what ends it. */
export function listenForUpgrades(server: Choosing, path: string, { accept, isDispatched }: SocketUpgrades): () => void {
  const isOwn = ({ url = '' }: IncomingMessage) => url === path || url.startsWith(`${path}?`)
  const othersListen = () => server.listenerCount('upgrade') > 1
  const listener: UpgradeListener = (request, socket, head) => {
    if (!isOwn(request)) {
      if (!othersListen()) answerWithoutUpgrade(server, request, socket)
      return
    }
    // Another `@fastify/websocket` of the app dispatches all requests, ours included, before the microtask.
    queueMicrotask(() => {
      if (!isDispatched(request)) accept(request, socket, head)
    })
  }
  const { shouldUpgradeCallback: chooses } = server
  if (chooses !== undefined) {
    server.shouldUpgradeCallback = (request) => isOwn(request) || (othersListen() && chooses.call(server, request))
  }
  server.on('upgrade', listener)
  return () => {
    server.removeListener('upgrade', listener)
    if (chooses !== undefined) server.shouldUpgradeCallback = chooses
  }
}
