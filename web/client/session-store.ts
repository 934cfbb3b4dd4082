import type { AnswerOf } from './result.ts'

export type CurrentSession = NonNullable<AnswerOf<'GET /session'>>

/** `unknown` until the first answer, and while the service cannot be reached before it. */
export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'anonymous' }
  | ({ readonly status: 'authenticated' } & CurrentSession)

export type SessionStore = {
  readonly get: () => SessionState
  /** Returns a function that ends the subscription. While somebody listens, the state is kept up to date. */
  readonly subscribe: (listener: () => void) => () => void
  /** Asks the service now. */
  readonly refresh: () => Promise<SessionState>
  /** Keeps the state as it is until the returned function is called: for what must be shown before a login shows. */
  readonly hold: () => () => void
}

type Connection = {
  /** Undefined: the service gave no answer, so nothing is known that was not known before. */
  readonly ask: () => Promise<CurrentSession | null | undefined>
  /** Names the channel that tells other tabs. */
  readonly channel: string
  /** Calls back when the session may have ended. Returns what stops it. */
  readonly watch: (onChange: () => void) => () => void
}

const page = () => (typeof document === 'undefined' ? undefined : document)

export function sessionStore({ ask, channel, watch }: Connection): SessionStore {
  let state: SessionState = { status: 'unknown' }
  let asking: Promise<SessionState> | null = null
  const listeners = new Set<() => void>()
  let tabs: BroadcastChannel | null = null
  let stopWatching: (() => void) | null = null
  let holds = 0

  const set = (next: SessionState, tell: boolean) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    const first = state.status === 'unknown'
    state = next
    if (tell && !first) tabs?.postMessage(null)
    watchIfSeen()
    for (const listener of [...listeners]) listener()
  }

  const load = async (tell: boolean) => {
    const answer = await ask()
    if (holds > 0) return state
    if (answer === null) set({ status: 'anonymous' }, tell)
    else if (answer !== undefined) set({ status: 'authenticated', ...answer }, tell)
    return state
  }

  /** A question that is under way was asked before the change, so a new one is asked after it. */
  const refresh = (tell = true): Promise<SessionState> => {
    const next = (asking ?? Promise.resolve()).then(() => load(tell))
    asking = next
    return next
  }

  const isSeen = () => page()?.visibilityState !== 'hidden'

  const watchIfSeen = () => {
    const wanted = listeners.size > 0 && state.status === 'authenticated' && isSeen()
    if (wanted && stopWatching === null) stopWatching = watch(() => void refresh())
    if (!wanted && stopWatching !== null) {
      stopWatching()
      stopWatching = null
    }
  }

  const onVisible = () => {
    if (isSeen()) void refresh()
    watchIfSeen()
  }

  const open = () => {
    tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channel)
    if (tabs !== null) tabs.onmessage = () => void refresh(false)
    page()?.addEventListener('visibilitychange', onVisible)
    void refresh(false)
  }

  const close = () => {
    tabs?.close()
    tabs = null
    page()?.removeEventListener('visibilitychange', onVisible)
    watchIfSeen()
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) open()
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) close()
      }
    },
    refresh: () => refresh(),
    hold: () => {
      let isHeld = true
      holds += 1
      return () => {
        if (!isHeld) return
        isHeld = false
        holds -= 1
        if (holds === 0) void refresh()
      }
    },
  }
}
