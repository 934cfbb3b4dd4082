/** What `jsonEvent` takes. */
export type Json = Record<string | number, unknown> | unknown[] | string

export type WireEvent = {
  readonly streamId: string
  readonly id: string
  readonly revision: bigint
  readonly type: string
  readonly data: unknown
  readonly metadata: unknown
  readonly created: Date
  readonly position?: { readonly commit: bigint }
}

export type WireNewEvent = { readonly id: string; readonly type: string; readonly data: Json; readonly metadata: object }

export type Reading = AsyncIterable<{ readonly event?: WireEvent }> & { readonly cancel: () => Promise<void> }

export type Member = {
  readonly type: 'leader' | 'follower' | 'no_voter' | 'other'
  readonly isAlive: boolean
  readonly at: string
}

/** A stream of the client, as far as it is used. */
export type Subscription = {
  readonly on: {
    (event: 'data', listener: (resolved: { readonly event?: WireEvent }) => void): unknown
    (event: 'error', listener: (error: Error) => void): unknown
    (event: 'confirmation' | 'caughtUp' | 'end' | 'close', listener: () => void): unknown
  }
  readonly pause: () => unknown
  readonly resume: () => unknown
  readonly readableLength: number
  readonly removeAllListeners: (event: 'data') => unknown
  readonly unsubscribe: () => Promise<void>
}

/** Names no type of `@eventstore/db-client`, so that the declarations of the package do not need it. */
export type Client = {
  readonly append: (
    stream: string,
    expected: number | 'no_stream',
    events: readonly WireNewEvent[],
    deadline: number,
  ) => Promise<{ readonly revision: bigint; readonly position: bigint | undefined }>
  readonly readStream: (stream: string, from: number, maxCount: number) => Reading
  readonly newestOf: (stream: string) => Reading
  /** `position` is inclusive; 0 is the start. */
  readonly readAll: (position: number, maxCount: number) => Reading
  readonly readAllBackwards: (position: number | 'end', maxCount: number) => Reading
  /** `position` is exclusive. */
  readonly subscribe: (position: number) => Subscription
  readonly keepNewestOnly: (stream: string, deadline: number) => Promise<unknown>
  readonly tombstone: (stream: string, deadline: number) => Promise<unknown>
  readonly members: (signal: AbortSignal) => Promise<readonly Member[]>
  readonly membersSeenBy: (place: string, signal: AbortSignal) => Promise<readonly Member[]>
  /** Another object after the client has switched nodes. */
  readonly connection: () => Promise<unknown>
  readonly close: () => Promise<void>
}
