/** The part of a socket of `ws` that is used. */
export type RawSocket = {
  readonly bufferedAmount: number
  readonly send: (bytes: string | Uint8Array) => void
  readonly ping: () => void
  readonly close: (code: number, text: string) => void
  readonly terminate: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly on: {
    (event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown
    (event: 'ping' | 'pong', listener: () => void): unknown
    (event: 'close', listener: (code: number) => void): unknown
    (event: 'error', listener: (error: Error) => void): unknown
  }
}
