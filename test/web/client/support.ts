import { type Client, type ClientOptions, createClient } from '../../../web/client/index.ts'
import { person } from '../../support/server/client.ts'
import { type InProcess, origin } from '../../support/server/start-test-server.ts'

type Send = NonNullable<ClientOptions['fetch']>

export type Browser = { readonly cookies: Map<string, string>; readonly send: Send }

/** Keeps cookies and says where it comes from, which `fetch` of Node does not. */
export const browserAt = (origin: string): Browser => {
  const cookies = new Map<string, string>()
  const send: Send = async (url, init) => {
    const headers = new Headers(init.headers)
    headers.set('origin', origin)
    const isMember = init.credentials === 'include'
    if (isMember && cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    const response = await fetch(url, { ...init, headers })
    for (const cookie of isMember ? response.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return { cookies, send }
}

type Crossing = { readonly name: string; readonly status: number | undefined }

/** Records what is sent, and holds back what a test names until it lets it go. */
export const network = (send: Send = fetch) => {
  const crossed: Crossing[] = []
  const holds: {
    readonly name: string
    readonly where: 'request' | 'answer'
    readonly arrived: () => void
    readonly released: Promise<void>
  }[] = []

  const stopAt = async (name: string, where: 'request' | 'answer') => {
    const at = holds.findIndex((hold) => hold.name === name && hold.where === where)
    const [hold] = at === -1 ? [] : holds.splice(at, 1)
    hold?.arrived()
    await hold?.released
  }

  /** Holds the next request of that name before it is sent, or its answer before it is read. */
  const hold = (name: string, where: 'request' | 'answer' = 'answer') => {
    const arrival = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    holds.push({ name, where, arrived: arrival.resolve, released: release.promise })
    return { arrived: arrival.promise, release: release.resolve }
  }

  const replacements: { readonly name: string; readonly response: () => Response }[] = []
  let isAway = false
  let noticed = Promise.withResolvers<void>()

  /** From now on no request arrives. */
  const goAway = () => {
    let isWaiting = true
    isAway = true
    return {
      /** Resolves with the next request. */
      next: () => {
        isWaiting = true
        noticed = Promise.withResolvers()
        void noticed.promise.then(() => {
          isWaiting = false
        })
        return noticed.promise
      },
      isWaiting: () => isWaiting,
      end: () => {
        isAway = false
      },
    }
  }

  const through: Send = async (url, init) => {
    const name = `${init.method} ${new URL(url).pathname.replace('/api/1', '')}`
    if (isAway) {
      noticed.resolve()
      throw new TypeError('fetch failed')
    }
    await stopAt(name, 'request')
    const at = replacements.findIndex((one) => one.name === name)
    const [replaced] = at === -1 ? [] : replacements.splice(at, 1)
    const response = replaced === undefined ? await send(url, init) : replaced.response()
    await stopAt(name, 'answer')
    crossed.push({ name, status: response.status })
    return response
  }
  const replaceNext = (name: string, response: () => Response) => void replacements.push({ name, response })
  return { send: through, hold, goAway, replaceNext, names: () => crossed.map(({ name }) => name), forget: () => void crossed.splice(0) }
}

/** Of somebody who keeps tokens. */
export const bearerOf = (app: InProcess, send: Send = fetch, more: Partial<ClientOptions> = {}): Client =>
  createClient({ baseUrl: app.url, transport: 'bearer', fetch: send, ...more })

/** A tab of a browser that others may share. */
export const tabOf = (app: InProcess, { send }: { readonly send: Send }): Client => createClient({ baseUrl: app.url, fetch: send })

/** Resolves when the session of the client has this status, now or later. */
export const stateOf = async (client: Client, status: 'unknown' | 'anonymous' | 'authenticated') => {
  const reached = Promise.withResolvers<void>()
  const check = () => client.session.get().status === status && reached.resolve()
  const stop = client.session.subscribe(check)
  check()
  await reached.promise
  stop()
}

export const mustSucceed = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: { readonly code: string } },
): Value => {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

export const emailsOf = (suite: string) => {
  let count = 0
  return () => {
    count += 1
    return `${suite}-${count}@example.org`
  }
}

/** People who are logged in with cookies, each in a browser of their own. */
export const membersOf = (app: InProcess, suite: string) => {
  const newEmail = emailsOf(suite)
  const member = async () => {
    const browser = browserAt(origin)
    const email = newEmail()
    mustSucceed(await tabOf(app, browser).call('POST /register', { body: { ...person, email } }))
    const net = network(browser.send)
    return { browser, net, email, tab: tabOf(app, net) }
  }
  /** Ends the session as somebody else would, on another machine. */
  const endElsewhere = async ({ email }: { readonly email: string }) =>
    app.post('/logout/everywhere', {}, (await app.logIn({ email })).token)
  return { newEmail, member, endElsewhere }
}
