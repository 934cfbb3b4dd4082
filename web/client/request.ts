import type { CallName, Problem, Result } from './result.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What every call has in common; the names of the generated types stay outside. */
export type Input = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Of whoever calls, at the time of a request. */
export type Credentials = { readonly credentials: RequestCredentials; readonly headers: Readonly<Record<string, string>> }

export type Answer = { readonly result: Result<unknown>; readonly position: string | null }

/** Milliseconds to wait for an answer, and for all of a file that is downloaded. */
const [patience, downloadTime] = [30_000, 600_000]

const download = 'GET /me/export' satisfies CallName

const failure = (problem: Problem): Answer => ({ result: { ok: false, problem }, position: null })
const unreachable: Problem = { code: 'UNREACHABLE', status: 0, title: 'The service cannot be reached' }

/** A name that no path can hold: browsers resolve `.` and `..`, and the request would go elsewhere. */
const isDotted = (value: string) => /^\.{0,2}$/.test(value)

const urlOf = (path: string, { params = {}, query = {} }: Input) => {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs)}`
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body

const typeOf = ({ headers }: Response) => headers.get('content-type') ?? ''

/** A proxy on the way answers in HTML, with whatever status. */
const read = async (response: Response): Promise<Result<unknown>> => {
  if (/^application\/(problem\+)?json/.test(typeOf(response))) {
    const body = await response.json()
    if (response.ok) return { ok: true, value: body }
    return { ok: false, problem: isProblem(body) ? body : unreachable }
  }
  if (response.status === 204 || response.status === 202) return { ok: true, value: undefined }
  return { ok: false, problem: unreachable }
}

/** The problem that a guard, ours or one of an app's own, has refused with. */
export async function refusalIn(response: Response): Promise<Problem | null> {
  if (response.ok || !typeOf(response).startsWith('application/problem+json')) return null
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return isProblem(body) ? body : null
}

export async function request(send: Fetch, base: string, name: string, input: Input, by: Credentials): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ')
  const dotted = Object.entries(input.params ?? {}).find(([, value]) => isDotted(value))
  if (dotted !== undefined) {
    const errors = [{ path: dotted[0], expected: 'a name' }]
    return failure({ code: 'VALIDATION_FAILED', status: 400, title: 'The request has an unexpected shape', errors })
  }
  const waiting = new AbortController()
  const giveUpAfter = (time: number) => setTimeout(() => waiting.abort(), time)
  let timer = giveUpAfter(patience)
  try {
    const response = await send(base + urlOf(path, input), {
      method,
      credentials: by.credentials,
      headers: { accept: 'application/json', ...(input.body === undefined ? {} : { 'content-type': 'application/json' }), ...by.headers },
      // A redirect would carry a password to wherever it points.
      redirect: 'error',
      signal: waiting.signal,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    })
    if (name === download) {
      clearTimeout(timer)
      timer = giveUpAfter(downloadTime)
    }
    return { result: await read(response), position: response.headers.get('gatebook-position') }
  } catch {
    return failure(unreachable)
  } finally {
    clearTimeout(timer)
  }
}
