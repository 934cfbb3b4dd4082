import type { Tried } from './recovery.ts'
import { type Fetch, refusalIn } from './request.ts'
import type { Transport } from './tokens.ts'

type Needs = {
  readonly root: string
  readonly send: Fetch
  readonly transport: Transport
  readonly recover: <Attempt extends Tried>(attempt: () => Promise<Attempt>) => Promise<Attempt>
}

/** `fetch` for an app that Gatebook is embedded in. */
export const ownRoutes =
  ({ root, send, transport, recover }: Needs) =>
  async (path: string, init: RequestInit = {}): Promise<Response> => {
    const home = new URL(root === '' ? '/' : root, globalThis.location?.href)
    const url = new URL(path, home)
    if (url.origin !== home.origin) throw new TypeError('The session is shown to the origin of Gatebook only')
    const { response } = await recover(async () => {
      const { by, of } = transport.credentials()
      const headers = new Headers(init.headers)
      for (const [name, value] of Object.entries(by.headers)) headers.set(name, value)
      const response = await send(url.href, { ...init, credentials: by.credentials, headers })
      return { response, problem: await refusalIn(response), of }
    })
    return response
  }
