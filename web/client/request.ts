import type { Problem, Result } from './result.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What every call has in common; the names of the generated types stay outside. */
export type Input = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

const unreachable: Problem = { code: 'UNREACHABLE', status: 0, title: 'The service cannot be reached' }

const urlOf = (path: string, { params = {}, query = {} }: Input) => {
  const filled = path.replace(/:([A-Za-z]+)|\{([A-Za-z]+)\}/g, (_all, colon, brace) => encodeURIComponent(params[colon ?? brace] ?? ''))
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs)}`
}

const isProblem = (body: unknown): body is Problem => typeof body === 'object' && body !== null && 'code' in body && 'status' in body

const read = async (response: Response): Promise<Result<unknown>> => {
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
  const body = isJson ? await response.json() : undefined
  if (response.ok) return { ok: true, value: isJson || response.status === 204 || response.status === 202 ? body : await response.text() }
  return { ok: false, problem: isProblem(body) ? body : unreachable }
}

export async function request(send: Fetch, base: string, name: string, input: Input, token: string | null): Promise<Result<unknown>> {
  const [method = '', path = ''] = name.split(' ')
  const headers: Record<string, string> = { accept: 'application/json' }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (token !== null) headers.authorization = `Bearer ${token}`
  try {
    const response = await send(base + urlOf(path, input), {
      method,
      headers,
      credentials: token === null ? 'include' : 'omit',
      cache: 'no-store',
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    })
    return await read(response)
  } catch {
    return { ok: false, problem: unreachable }
  }
}
