import type { FastifyRequest } from 'fastify'
import type { LineLogger } from '../../application/line-logger.ts'
import { correlationId } from '../http/correlation.ts'
import type { Guard } from '../http/route.ts'
import { type Bounds, livePlaces } from '../live/live-places.ts'
import type { ProblemAnswer } from '../problems.ts'
import { type CloseReason, closeCodes } from './close-codes.ts'
import { type Connection, connection } from './connection.ts'
import { type ConversationNeeds, conversation } from './conversation.ts'
import type { RawSocket } from './raw-socket.ts'

export type SocketNeeds = Omit<ConversationNeeds, 'places'> & {
  readonly logger: LineLogger
  /** By the code of the close frame; `client` if it was not closed here. */
  readonly observeClosed: (code: string) => void
  /** Monotonic milliseconds. */
  readonly elapsed?: () => number
}

const bounds: Bounds = { account: 16, network: [256, 1_024, 4_096], altogether: 10_000 }

const authenticateWithinMs = 5_000

const overloaded: ProblemAnswer = { problem: 'OVERLOADED', retryAfter: 10 }

/** All sockets of this process. One that is not authenticated yet has a place of its network only. */
export function sockets({ logger, observeClosed, elapsed = () => performance.now(), ...needs }: SocketNeeds) {
  const places = livePlaces(bounds)
  const open = new Set<Connection>()

  const closed = (
    reason: CloseReason | undefined,
    request: FastifyRequest,
    holder: { accountId: string; sessionId: string } | undefined,
  ) => {
    const code = reason === undefined ? 'client' : String(closeCodes[reason])
    observeClosed(code)
    const ids = holder === undefined ? {} : { accountId: holder.accountId, sessionId: holder.sessionId }
    logger.debug({ code, correlationId: correlationId(request), ...ids }, 'socket closed')
  }
  const begin = (socket: RawSocket, request: FastifyRequest, giveBack: () => void) => {
    const waiting = setTimeout(() => {
      if (!talk.isAuthenticated()) own.close('notAuthenticated')
    }, authenticateWithinMs).unref()
    const own = connection(socket, {
      elapsed,
      onMessage: (bytes) => talk.receive(bytes),
      onClosed: (reason) => {
        clearTimeout(waiting)
        open.delete(own)
        giveBack()
        talk.leave()
        closed(reason, request, talk.holder())
      },
    })
    const talk = conversation({ ...needs, places }, { connection: own, pause: () => socket.pause(), resume: () => socket.resume() })
    open.add(own)
    return { own, talk }
  }
  /** `token`: the access token of the handshake. */
  const serve = (socket: RawSocket, request: FastifyRequest, token: string | undefined): void => {
    const networks = request.callerNetworks
    const refused = needs.hub.isClosed() ? overloaded : places.take(networks)
    const { own, talk } = begin(socket, request, refused === undefined ? () => places.giveBack(networks) : () => {})
    if (refused !== undefined) own.close('tryAgainLater')
    else if (token !== undefined) void talk.present(token)
  }
  const hasPlace: Guard = Object.assign(
    ({ callerNetworks }: FastifyRequest) => (needs.hub.isClosed() ? overloaded : places.refusal(callerNetworks)),
    { problems: ['OVERLOADED'] as const },
  )
  return {
    serve,
    hasPlace,
    count: () => open.size,
    /** Those that are authenticated are the hub's to end. */
    close: () => {
      for (const own of open) own.close('stopping')
    },
  }
}

export type Sockets = ReturnType<typeof sockets>
