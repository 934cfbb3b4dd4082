import { type Fetch, type Input, request } from './request.ts'
import type { CallName, InputOf, Problem, Result, ResultOf } from './result.ts'
import { type CurrentSession, type SessionStore, sessionStore } from './session-store.ts'
import { type StepUp, sharedStepUp } from './step-up.ts'
import { type TokenOptions, tokenKeeper } from './tokens.ts'
import { watchSession } from './watch-session.ts'

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
  readonly session: SessionStore
  /** Sets what asks the person for a code or password when a call needs elevation. The call is repeated if it returns true. */
  readonly onStepUp: (ask: StepUp) => () => void
  readonly baseUrl: string
}

/** They take a `transport`, and say bearer for a client that keeps its tokens itself. */
const beginsSession = new Set(
  ['/setup', '/register', '/register/confirm', '/login', '/login/otp', '/login/enroll/confirm', '/invitation/confirm'].map(
    (path) => `POST ${path}`,
  ),
)

const withTransport = (name: string, input: Input): Input =>
  beginsSession.has(name) ? { ...input, body: { ...(input.body as object), transport: 'bearer' } } : input

export function createClient(options: ClientOptions = {}): Client {
  const { baseUrl = '', transport = 'cookie', fetch: send = (url, init) => fetch(url, init) } = options
  const base = `${baseUrl.replace(/\/$/, '')}/api/1`
  const keeper = tokenKeeper(options)
  const stepUp = sharedStepUp()
  const isBearer = transport === 'bearer'
  let refreshing: Promise<boolean> | null = null

  const once = async (name: string, input: Input): Promise<Result<unknown>> => {
    const result = await request(send, base, name, isBearer ? withTransport(name, input) : input, keeper.get()?.token ?? null)
    if (isBearer && result.ok) keeper.takeFrom(result.value)
    return result
  }

  const refreshTokens = async () => {
    const refreshToken = keeper.get()?.refreshToken
    if (!refreshToken) return false
    const result = await once('POST /session/refresh', { body: { refreshToken } })
    if (!result.ok && result.problem.status === 401) keeper.end()
    return result.ok
  }

  const recovered = (problem: Problem): Promise<boolean> => {
    if (problem.code === 'ELEVATION_REQUIRED') return stepUp.ask()
    if (problem.code !== 'SESSION_REQUIRED') return Promise.resolve(false)
    refreshing ??= refreshTokens().finally(() => {
      refreshing = null
    })
    return refreshing
  }

  const called = async (name: string, input: Input = {}): Promise<Result<unknown>> => {
    const first = await once(name, input)
    const result = !first.ok && (await recovered(first.problem)) ? await once(name, input) : first
    const changes = !name.startsWith('GET ')
    if (isBearer && result.ok && name.startsWith('POST /logout')) keeper.end()
    if (result.ok ? changes : result.problem.code === 'SESSION_REQUIRED') await session.refresh()
    return result
  }

  const session = sessionStore({
    ask: async () => {
      const ask = () => once('GET /session', { query: { optional: '1' } })
      const first = await ask()
      const result = first.ok && first.value === null && (await refreshTokens()) ? await ask() : first
      if (result.ok) return result.value as CurrentSession | null
      return result.problem.code === 'SESSION_REQUIRED' ? null : undefined
    },
    channel: `gatebook ${base}`,
    watch: isBearer ? () => () => {} : watchSession(base),
  })

  return { call: called as Client['call'], session, onStepUp: stepUp.handleWith, baseUrl }
}
