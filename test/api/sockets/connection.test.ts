import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connection } from '../../../api/sockets/connection.ts'

/** A socket whose peer does only what the test says. */
const aSocket = () => {
  const events = new EventEmitter()
  const sent: unknown[] = []
  const closes: number[] = []
  const raw = {
    bufferedAmount: 0,
    send: (bytes: string | Uint8Array) => {
      sent.push(bytes)
      raw.bufferedAmount += bytes.length
    },
    ping: vi.fn(),
    pause: () => {},
    resume: () => {},
    close: (code: number) => void closes.push(code),
    terminate: vi.fn(() => void events.emit('close', 1006)),
    on: (event: string, listener: (...args: never[]) => void) => events.on(event, listener as never),
  }
  const clock = { at: 0 }
  const onMessage = vi.fn()
  const onClosed = vi.fn()
  const own = connection(raw as never, { onMessage, onClosed, elapsed: () => clock.at })
  return { events, raw, sent, closes, clock, onMessage, onClosed, own }
}

describe('the connection of a socket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('holds 64 KiB for a reader that does not read, and is then closed with 1008 and cut', () => {
    const { own, sent, closes, raw, onClosed } = aSocket()
    for (let n = 0; n < 100; n++) own.send(Buffer.alloc(1_024))
    expect([sent.length, closes]).toEqual([64, [1008]])
    vi.advanceTimersByTime(999)
    expect(raw.terminate).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(raw.terminate).toHaveBeenCalledOnce()
    expect(onClosed.mock.calls).toEqual([['tooMuch']])
  })

  test('is cut ten seconds after a ping without a pong', () => {
    const { own, raw, events, onClosed } = aSocket()
    own.ping()
    vi.advanceTimersByTime(9_999)
    events.emit('pong')
    vi.advanceTimersByTime(20_000)
    own.ping()
    vi.advanceTimersByTime(9_999)
    expect(raw.terminate).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onClosed.mock.calls).toEqual([['silent']])
  })

  test('takes 200 messages in ten seconds, and 200 more in the next', () => {
    const { events, clock, closes, onMessage } = aSocket()
    const flood = () => {
      for (let n = 0; n < 200; n++) events.emit('message', Buffer.alloc(1), true)
    }
    flood()
    clock.at = 10_000
    flood()
    expect([onMessage.mock.calls.length, closes]).toEqual([400, []])
    events.emit('ping')
    flood()
    expect([onMessage.mock.calls.length, closes]).toEqual([400, [1008]])
  })

  test('says once why it closes, and nothing after that', () => {
    const { own, sent, closes, events, onMessage, onClosed } = aSocket()
    own.close('revoked')
    own.close('expired')
    own.send(Buffer.alloc(1))
    events.emit('message', Buffer.alloc(1), true)
    events.emit('close', 4009)
    vi.advanceTimersByTime(5_000)
    expect([closes, sent, onMessage.mock.calls, onClosed.mock.calls]).toEqual([[4009], [], [], [['revoked']]])
  })
})
