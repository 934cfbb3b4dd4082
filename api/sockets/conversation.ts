import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { type LiveHub, ticksIn } from '../live/live-hub.ts'
import type { LivePlaces } from '../live/live-places.ts'
import type { Format, Subscriber } from '../live/subscribers.ts'
import type { CloseReason } from './close-codes.ts'
import type { Connection } from './connection.ts'
import type { Authenticated, AuthenticateSocket, Presented } from './credentials.ts'
import { mostFrameBytes, type Payload, readEnvelope, writeEnvelope } from './frames.ts'
import type { Envelope } from './gatebook_pb.ts'
import type { SocketFormat } from './socket-format.ts'

const pingSeconds = 30

export type ConversationNeeds = {
  readonly hub: LiveHub
  readonly places: Pick<LivePlaces, 'takeOf' | 'giveBackOf'>
  readonly authenticate: AuthenticateSocket
  readonly format: SocketFormat
  readonly serviceName: string
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

type Own = {
  readonly connection: Pick<Connection, 'send' | 'close' | 'isClosing' | 'ping'>
  /** What is sent while credentials are verified waits in the kernel. */
  readonly pause: () => void
  readonly resume: () => void
}

type Message<Case extends Envelope['payload']['case']> = Extract<Envelope['payload'], { case: Case }>['value']

/** What is said on one socket, in the order in which it comes. */
export function conversation(needs: ConversationNeeds, { connection, pause, resume }: Own) {
  const { hub, places, authenticate, format: shared, serviceName, now, onFault } = needs
  const { send, close, isClosing } = connection
  let holder: Authenticated | undefined
  let subscriber: Subscriber | undefined
  let isVerifying = false
  let asked = 0
  const waiting: Uint8Array[] = []

  const answer = (payload: Payload, id: number) => send(writeEnvelope(payload, id))
  const format: Format = { ...shared, opening: (position) => shared.subscribed(position, asked) }

  const join = ({ accountId, sessionId, until }: Authenticated) => {
    if (hub.isClosed()) return close('stopping')
    if (places.takeOf(accountId) !== undefined) return close('tryAgainLater')
    subscriber = hub.join({
      ...{ accountId, sessionId, format, until, ticksPerBeat: ticksIn(pingSeconds) },
      stream: {
        send,
        beat: connection.ping,
        isOver: isClosing,
        end: (code) => close(code === null ? 'stopping' : 'tryAgainLater'),
      },
      standing: () => {
        const stands = holder?.standing() ?? { refused: 'invalid' as const }
        return 'until' in stands ? stands : { end: () => close(stands.refused) }
      },
      left: () => places.giveBackOf(accountId),
    })
  }
  const isSomebodyElse = (found: Authenticated) =>
    holder !== undefined && (holder.accountId !== found.accountId || holder.sessionId !== found.sessionId)

  const admit = (found: Authenticated | { readonly refused: CloseReason }, id: number) => {
    if (isClosing()) return
    if ('refused' in found) return close(found.refused)
    if (isSomebodyElse(found)) return close('invalid')
    holder = found
    if (subscriber === undefined) join(found)
    else subscriber.until = found.until
    const { accountId, sessionId, until } = found
    answer({ case: 'authenticated', value: { userId: accountId, sessionId, expiresAt: timestampFromMs(until) } }, id)
  }
  const drain = () => {
    while (!isVerifying && waiting.length > 0) take(waiting.shift() as Uint8Array)
  }
  const verify = async (presented: Presented, id: number) => {
    isVerifying = true
    pause()
    try {
      admit(await authenticate(presented), id)
    } catch (fault) {
      close('fault')
      onFault(fault)
    }
    isVerifying = false
    resume()
    drain()
  }
  const subscribe = ({ after }: Message<'subscribeMyEvents'>, id: number, own: Subscriber) => {
    const position = after === '' ? undefined : shared.positionOf(after)
    if (after !== '' && position === undefined) return answer({ case: 'error', value: { code: 'INVALID_POSITION' } }, id)
    asked = id
    hub.watch(own, own.accountId, position)
  }
  const serve = ({ payload, id }: Envelope, own: Subscriber) => {
    switch (payload.case) {
      case 'serverInfoRequest': {
        const value = { name: serviceName, apiVersion: '1', now: timestampFromMs(now()), maxFrameBytes: mostFrameBytes, pingSeconds }
        return answer({ case: 'serverInfo', value }, id)
      }
      case 'subscribeMyEvents':
        return subscribe(payload.value, id, own)
      case 'unsubscribe':
        hub.unwatch(own)
        return answer({ case: 'unsubscribed', value: {} }, id)
      default:
        return answer({ case: 'error', value: { code: 'UNKNOWN_MESSAGE' } }, id)
    }
  }
  const handle = (bytes: Uint8Array) => {
    if (isClosing()) return
    const envelope = readEnvelope(bytes)
    if (envelope === undefined) return close('malformed')
    if (envelope.payload.case === 'authenticate') return void verify(envelope.payload.value, envelope.id)
    if (subscriber === undefined) return close('invalid')
    serve(envelope, subscriber)
  }
  const take = (bytes: Uint8Array) => {
    try {
      handle(bytes)
    } catch (fault) {
      close('tryAgainLater')
      onFault(fault)
    }
  }
  return {
    receive: (bytes: Uint8Array) => {
      if (isVerifying) waiting.push(bytes)
      else take(bytes)
    },
    /** The token of the handshake. */
    present: (accessToken: string) => verify({ userId: '', sessionToken: '', accessToken }, 0),
    isAuthenticated: () => holder !== undefined,
    holder: () => holder,
    leave: () => {
      if (subscriber !== undefined) hub.leave(subscriber)
    },
  }
}
