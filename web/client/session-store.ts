import type { AnswerOf } from './result.ts'
import type { Tabs } from './watch/tabs.ts'
import { isSeen, onAttention } from './watch/visibility.ts'

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
  readonly tabs: Tabs
  /** Calls back when the session may have ended. Returns what stops it. */
  readonly watch: (onChange: () => void) => () => void
}

const anonymous: SessionState = { status: 'anonymous' }
/** Milliseconds until a service that gave no answer is asked again: doubled each time. */
const [shortest, longest] = [1_000, 30_000]

export function sessionStore({ ask, tabs, watch }: Connection) {
  let state: SessionState = { status: 'unknown' }
  let running: Promise<SessionState> = Promise.resolve(state)
  let next: Promise<SessionState> | null = null
  let mustTell = false
  let delay = shortest
  let holds = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopWatching: (() => void) | null = null
  let close = () => {}
  const listeners = new Set<() => void>()

  const set = (to: SessionState) => {
    const isSame = JSON.stringify(to) === JSON.stringify(state)
    if (!isSame) state = to
    if (!isSame && mustTell) tabs.tell()
    mustTell = false
    watchIfSeen()
    if (!isSame) for (const listener of [...listeners]) listener()
  }

  const load = async () => {
    clearTimeout(retry)
    const answer = await ask()
    if (holds > 0) return state
    if (answer === undefined) retryLater()
    else {
      delay = shortest
      set(answer === null ? anonymous : { ...answer, status: 'authenticated' })
    }
    return state
  }

  const retryLater = () => {
    if (listeners.size === 0 || !isSeen()) return
    retry = setTimeout(() => void refresh(), delay)
    delay = Math.min(2 * delay, longest)
  }

  /** A question that is under way may be older than the change, so one more follows it, for all who ask meanwhile. */
  const refresh = (tell = false): Promise<SessionState> => {
    mustTell ||= tell
    const begin = () => {
      running = next ?? running
      next = null
      return load()
    }
    next ??= running.then(begin, begin)
    return next
  }

  const watchIfSeen = () => {
    const isWanted = listeners.size > 0 && state.status === 'authenticated' && isSeen()
    if (isWanted) stopWatching ??= watch(() => void refresh(true))
    else {
      stopWatching?.()
      stopWatching = null
    }
  }

  const attend = () => {
    // The answer opens the stream again.
    if (isSeen()) void refresh(true)
    else watchIfSeen()
  }

  const open = () => {
    const closing = [tabs.listen(() => void refresh()), onAttention(attend)]
    close = () => {
      for (const end of closing) end()
      clearTimeout(retry)
      watchIfSeen()
    }
    delay = shortest
    void refresh()
  }

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) open()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) close()
      }
    },
    refresh: () => refresh(true),
    hold: () => {
      let isHeld = true
      holds += 1
      return () => {
        if (!isHeld) return
        isHeld = false
        holds -= 1
        if (holds === 0) void refresh(true)
      }
    },
    /** After a call that may have changed it. Who has not asked is not told, but other tabs are. */
    changed: async () => {
      if (listeners.size === 0 && state.status === 'unknown') tabs.tell()
      else await refresh(true)
    },
    /** After a logout: known without asking. */
    ended: () => {
      mustTell = true
      if (state.status === 'anonymous') tabs.tell()
      set(anonymous)
    },
  }
}
