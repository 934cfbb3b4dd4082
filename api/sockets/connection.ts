import type { Chunk } from '../live/subscribers.ts'
import { type CloseReason, closeCodes, closeTexts } from './close-codes.ts'
import type { RawSocket } from './raw-socket.ts'

const mostBytesWaiting = 65_536

/** A client that does not answer the close frame. */
const closeWithinMs = 1_000

const pongWithinMs = 10_000

/** Messages and pings, in so many milliseconds. */
const budget = { most: 200, windowMs: 10_000 }

type Needs = {
  readonly onMessage: (bytes: Uint8Array) => void
  /** Called once. `reason` is undefined if the client closed it, or its connection is gone. */
  readonly onClosed: (reason: CloseReason | undefined) => void
  /** Monotonic milliseconds. */
  readonly elapsed: () => number
}

/** One socket within its bounds: what it may send, what may wait for it, and how long it may be silent. */
export function connection(socket: RawSocket, { onMessage, onClosed, elapsed }: Needs) {
  let reason: CloseReason | undefined
  let isOver = false
  let windowBegan = elapsed()
  let received = 0
  let awaitingPong: NodeJS.Timeout | undefined

  const close = (why: CloseReason) => {
    if (isOver || reason !== undefined) return
    reason = why
    socket.close(closeCodes[why], closeTexts[why])
    setTimeout(() => socket.terminate(), closeWithinMs).unref()
  }
  const isClosing = () => isOver || reason !== undefined
  const isWithinBudget = () => {
    const now = elapsed()
    if (now - windowBegan >= budget.windowMs) {
      windowBegan = now
      received = 0
    }
    received += 1
    if (received > budget.most) close('tooMuch')
    return !isClosing()
  }
  const send = (bytes: Chunk) => {
    if (isClosing()) return
    if (socket.bufferedAmount + bytes.length > mostBytesWaiting) close('tooMuch')
    else socket.send(bytes)
  }
  const heardPong = () => clearTimeout(awaitingPong)

  socket.on('message', (data, isBinary) => {
    if (isClosing() || !isWithinBudget()) return
    if (isBinary) onMessage(data as Uint8Array)
    else close('textFrame')
  })
  socket.on('ping', () => void isWithinBudget())
  socket.on('pong', heardPong)
  socket.on('error', (error) => {
    // `ws` has sent a close frame with the code of the fault.
    reason ??= 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'tooBig' : 'protocol'
    setTimeout(() => socket.terminate(), closeWithinMs).unref()
  })
  socket.on('close', () => {
    if (isOver) return
    isOver = true
    heardPong()
    onClosed(reason)
  })
  return {
    send,
    close,
    isClosing,
    ping: () => {
      if (isClosing()) return
      socket.ping()
      clearTimeout(awaitingPong)
      awaitingPong = setTimeout(() => {
        reason ??= 'silent'
        socket.terminate()
      }, pongWithinMs).unref()
    },
  }
}

export type Connection = ReturnType<typeof connection>
