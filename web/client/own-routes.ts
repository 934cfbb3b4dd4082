import type { Tried } from './recovery.ts'
import { type Fetch, refusalIn } from './request.ts'
import type { Problem } from './result.ts'
import type { Transport } from './tokens.ts'

type Needs = {
  readonly root: string
  readonly send: Fetch
  readonly shown: Transport['credentials']
  readonly tried: (problem: Problem | null, sent: ReturnType<Transport['credentials']>) => Tried
  readonly recover: <Attempt extends Tried>(attempt: () => Promise<Attempt>) => Promise<Attempt>
}

/** `fetch` for an app that Gatebook is embedded in. */
export const ownRoutes =
  ({ root, send, shown, tried, recover }: Needs) =>
  async (path: string, init: RequestInit = {}): Promise<Response> => {
    const home = new URL(root === '' ? '/' : root, globalThis.location?.href)
    const url = new URL(path, home)
    if (url.origin !== home.origin) throw new TypeError('The session is shown to the origin of Gatebook only')
    const { response } = await recover(async () => {
      const sent = shown()
      const headers = new Headers(init.headers)
      for (const [name, value] of Object.entries(sent.by.headers)) headers.set(name, value)
      const response = await send(url.href, { ...init, credentials: sent.by.credentials, headers })
      return { response, ...tried(await refusalIn(response), sent) }
    })
    return response
  }
