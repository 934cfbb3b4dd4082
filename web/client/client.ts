import { cookieTransport } from './cookies.ts'
import { oneAtATime } from './exclusive.ts'
import { ownRoutes } from './own-routes.ts'
import { recovering, type Tried } from './recovery.ts'
import { type Fetch, type Input, request } from './request.ts'
import type { CallName, InputOf, Problem, Result, ResultOf } from './result.ts'
import { effectOf, mayChange } from './session-calls.ts'
import { type CurrentSession, type SessionStore, sessionStore } from './session-store.ts'
import { type StepUp, sharedStepUp } from './step-up.ts'
import { bearerTransport, type TokenOptions, type Transport } from './tokens.ts'
import { noTabs, tabsOn } from './watch/tabs.ts'
import { watchSession } from './watch/watch-session.ts'

export type ClientOptions = TokenOptions & {
  /** Where Gatebook is: its origin, or the prefix under which it is embedded. Default: the origin of the page. */
  readonly baseUrl?: string
  /** `cookie` in browsers; `bearer` where nothing keeps cookies. */
  readonly transport?: 'cookie' | 'bearer'
  readonly fetch?: Fetch
}

type Arguments<Name extends CallName> = Record<never, never> extends InputOf<Name> ? [input?: InputOf<Name>] : [input: InputOf<Name>]

export type Client = {
  /** Calls the API by method and path. Never rejects: a refusal is a value with a `problem`. */
  readonly call: <Name extends CallName>(name: Name, ...input: Arguments<Name>) => Promise<ResultOf<Name>>
  /** `fetch` for routes of your own behind Gatebook's guards, at the same origin: with the session, and with step-up. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  readonly session: SessionStore
  /** Sets what asks the person for a code or password when a call needs elevation. The call is repeated if it returns true. */
  readonly onStepUp: (ask: StepUp) => () => void
  readonly baseUrl: string
}

export function createClient(options: ClientOptions = {}): Client {
  const { baseUrl = '', fetch: send = (url, init) => fetch(url, init) } = options
  const root = baseUrl.replace(/\/$/, '')
  const base = `${root}/api/1`
  const isBearer = options.transport === 'bearer'
  const exclusive = oneAtATime()
  const stepUp = sharedStepUp()
  /** Of the last change, so that another node shows it too. */
  let position: string | null = null

  const shown: Transport['credentials'] = () => {
    const { by, of } = transport.credentials()
    return { of, by: position === null ? by : { ...by, headers: { ...by.headers, 'gatebook-position': position } } }
  }

  const tried = (problem: Problem | null, { by, of }: ReturnType<typeof shown>): Tried => {
    // Perhaps it was the position, sealed with a key that is no more.
    if (problem?.code === 'MALFORMED_REQUEST' && by.headers['gatebook-position'] === position) position = null
    return { problem, of }
  }

  const attempt = async (name: string, input: Input) => {
    const sent = shown()
    const answer = await request(send, base, name, transport.inputOf(name, input), sent.by)
    const { result } = answer
    if (answer.position !== null) position = answer.position
    if (result.ok) transport.takeFrom(name, result.value)
    return { result, ...tried(result.ok ? null : result.problem, sent) }
  }

  const refresh = async (refreshToken: string) => (await attempt('POST /session/refresh', { body: { refreshToken } })).result
  const transport = isBearer
    ? bearerTransport(options, { exclusive, refresh })
    : cookieTransport(async () => who() !== null && (await session.refresh()).status === 'authenticated')

  const askOnce = () => exclusive(() => attempt('GET /session', { query: { optional: '1' } }))

  const ask = async () => {
    if (!transport.hasSession()) return null
    const wasSomebody = who() !== null
    let { result, of } = await askOnce()
    // This may have overlapped with a new token, in another tab too.
    const isDoubtful = result.ok && result.value === null && (isBearer ? await transport.renew(of) : wasSomebody)
    if (isDoubtful) result = (await askOnce()).result
    if (!result.ok) return result.problem.code === 'SESSION_REQUIRED' ? null : undefined
    if (result.value === null && isBearer && transport.hasSession()) return undefined
    return result.value as CurrentSession | null
  }

  const session = sessionStore({
    ask,
    tabs: isBearer ? noTabs : tabsOn(`gatebook ${base}`),
    watch: isBearer ? () => () => {} : watchSession(base),
  })

  const who = () => {
    const state = session.get()
    return state.status === 'authenticated' ? state.accountId : null
  }

  const recover = recovering({ who, renew: transport.renew, stepUp: stepUp.ask, onSurprise: session.changed })

  const called = async (name: string, input: Input = {}): Promise<Result<unknown>> => {
    const once = () => (effectOf(name) === undefined ? attempt(name, input) : exclusive(() => attempt(name, input)))
    const { result } = await recover(once)
    if (!result.ok) return result
    if (effectOf(name) === 'ends') session.ended()
    else if (mayChange(name, result.value)) await session.changed()
    return result
  }

  return {
    call: called as Client['call'],
    fetch: ownRoutes({ root, send, shown, tried, recover }),
    session,
    onStepUp: stepUp.handleWith,
    baseUrl: root,
  }
}
