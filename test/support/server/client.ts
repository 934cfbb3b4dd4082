import type { FastifyInstance } from 'fastify'
import { declaredOnly } from './declared-problems.ts'

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'

export type Call = {
  readonly method: Method
  /** Relative to /api/1, unless it names another root. */
  readonly path: string
  readonly body?: unknown
  /** A Bearer token. */
  readonly token?: string | undefined
  readonly cookie?: string | undefined
  readonly origin?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Sent unchanged, instead of `body`. */
  readonly raw?: string | Buffer
  readonly address?: string
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are to find out
export type Json = any

export type Answer = {
  readonly status: number
  readonly body: Json
  readonly text: string
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>
}

export type Send = (call: Call) => Promise<Answer>

const outsideTheApi = /^\/(health|metrics|openapi|docs|api)/

export const urlOf = (path: string) => (outsideTheApi.test(path) ? path : `/api/1${path}`)

export const headersOf = ({ token, cookie, origin, headers, body, raw }: Call): Record<string, string> => ({
  ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(cookie === undefined ? {} : { cookie: `__Host-gatebook=${cookie}` }),
  ...(origin === undefined ? {} : { origin }),
  ...headers,
})

export const payloadOf = ({ body, raw }: Call) => raw ?? (body === undefined ? undefined : JSON.stringify(body))

export const jsonOf = (text: string, type: string): Json =>
  text !== '' && /^application\/(problem\+)?json/.test(type) ? JSON.parse(text) : null

export const person = { email: 'ada@example.org', password: 'a long enough passphrase' }

type Bearer = { readonly token: string; readonly refreshToken: string; readonly accountId: string; readonly session: Json }

/** Common steps of the tests, over HTTP or in process. */
export const stepsOf = (send: Send) => {
  const bearer = async (path: string, body: object): Promise<Bearer> => {
    const answer = await send({ method: 'POST', path, body: { ...body, transport: 'bearer' } })
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.body?.code}`)
    return answer.body
  }
  return {
    send,
    get: (path: string, token?: string) => send({ method: 'GET', path, token }),
    post: (path: string, body?: unknown, token?: string) => send({ method: 'POST', path, body, token }),
    put: (path: string, body?: unknown, token?: string) => send({ method: 'PUT', path, body, token }),
    del: (path: string, token?: string, body?: unknown) => send({ method: 'DELETE', path, body, token }),
    register: (who: Partial<typeof person> = {}) => bearer('/register', { ...person, ...who }),
    logIn: (who: Partial<typeof person> = {}) => bearer('/login', { ...person, ...who }),
    setUp: (setupToken: string, who: Partial<typeof person> = {}) =>
      bearer('/setup', { setupToken, ...person, email: 'root@example.org', ...who }),
    /** An elevated administrator's token. */
    elevated: async (token: string, password = person.password): Promise<string> => {
      const answer = await send({ method: 'POST', path: '/session/elevate', body: { password }, token })
      if (answer.status !== 200) throw new Error(`elevation answered ${answer.status}`)
      return answer.body.token
    },
  }
}

const injectInto = (app: FastifyInstance) => async (call: Call) => {
  const payload = payloadOf(call)
  const answer = await app.inject({
    method: call.method,
    url: urlOf(call.path),
    headers: headersOf(call),
    ...(payload === undefined ? {} : { payload }),
    ...(call.address === undefined ? {} : { remoteAddress: call.address }),
  })
  const type = String(answer.headers['content-type'] ?? '')
  return { status: answer.statusCode, body: jsonOf(answer.payload, type), text: answer.payload, headers: answer.headers }
}

/** Calls in process, without a socket. Throws on a problem that `/openapi.json` does not declare for the call. */
export const clientOf = (app: FastifyInstance) => {
  const inject = injectInto(app)
  let checked: Promise<ReturnType<typeof declaredOnly>> | undefined
  return stepsOf(async (call) => {
    checked ??= app.inject('/openapi.json').then((document) => declaredOnly(document.json()))
    const answer = await inject(call)
    ;(await checked)(call.method, urlOf(call.path), answer)
    return answer
  })
}
