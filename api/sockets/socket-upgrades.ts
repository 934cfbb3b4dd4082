import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Hands requests for the socket to `@fastify/websocket`, which takes them from the `upgrade` of a server. */
export function socketUpgrades() {
  const events = new EventEmitter()
  const dispatched = new WeakSet<IncomingMessage>()
  return {
    server: events as Server,
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void events.emit('upgrade', request, socket, head),
    markDispatched: (request: IncomingMessage) => void dispatched.add(request),
    /** Whether the route has it already, by whomever it was dispatched. */
    isDispatched: (request: IncomingMessage) => dispatched.has(request),
  }
}

export type SocketUpgrades = ReturnType<typeof socketUpgrades>
