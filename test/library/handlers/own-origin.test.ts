import { once } from 'node:events'
import { connect, createServer, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLocalOrigin } from '../../../api/protection/local-origin.ts'
import { password, refusal } from '../support.ts'
import { openBare } from './support.ts'

describe('without publicOrigin', () => {
  let host: Awaited<ReturnType<typeof openBare>>
  let token: string
  beforeAll(async () => {
    host = await openBare({ publicOrigin: undefined })
    const { account } = await host.gatebook.accounts.create({ email: 'ada@example.org', password })
    token = (await host.gatebook.sessions.create({ accountId: account.id })).token
  })
  afterAll(() => host.close())

  const forRequest = (base: string, headers: Record<string, string>) =>
    new Request(`${base}/api/1/session/elevate`, {
      method: 'POST',
      headers: { cookie: `__Host-gatebook=${token}`, 'content-type': 'application/json', ...headers },
      body: '{}',
    })

  test.each([
    ['https://localhost:3000', { origin: 'https://localhost:3000' }, true],
    ['https://localhost', { origin: 'https://localhost' }, true],
    ['http://127.0.0.1:3000', { origin: 'http://127.0.0.1:3000' }, true],
    ['http://localhost', { origin: 'http://localhost' }, true],
    ['https://localhost', { origin: 'http://localhost' }, false],
    ['http://localhost', { origin: 'https://localhost' }, false],
    ['https://localhost:3000', { origin: 'https://localhost:3001' }, false],
    ['https://rebound.example', { origin: 'https://rebound.example' }, false],
    ['https://localhost:3000', { origin: 'https://localhost:3000', host: 'rebound.example:3000' }, false],
    ['http://localhost', { origin: 'https://localhost', 'x-forwarded-proto': 'https' }, false],
  ])('a Request for %s with %j is from the own origin: %s', async (base, headers, isOwn) => {
    const handle = host.gatebook.toFetchHandler()
    const answer = (await (await handle(forRequest(base, headers))).json()) as { readonly code: string }
    expect(answer.code).toBe(isOwn ? 'VALIDATION_FAILED' : 'ORIGIN_REJECTED')
    const required = host.gatebook.require(forRequest(base, headers))
    expect(isOwn ? (await required).accountId : (await refusal(required)).code).toBe(
      isOwn ? (await host.gatebook.session(forRequest(base, {})))?.accountId : 'ORIGIN_REJECTED',
    )
  })

  test.each([
    ['a page of its own', 0, 200],
    ['a page of another port', 1, 403],
  ])('a request over HTTP/2 from %s', async (_, more, status) => {
    const server = createServer((request, response) => {
      host.gatebook.require(request).then(
        () => response.end(),
        (error) => response.writeHead(error.status).end(),
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = connect(`http://127.0.0.1:${port}`)
    const origin = `http://127.0.0.1:${port + more}`
    const asked = client.request({ ':method': 'POST', origin, cookie: `__Host-gatebook=${token}` })
    const [answer] = (await once(asked.end(), 'response')) as [IncomingHttpHeaders]
    expect(answer[':status']).toBe(status)
    client.destroy()
    server.close()
  })
})

test('a connection that is encrypted says so itself', () => {
  const headers = { host: 'localhost:3000', ':scheme': 'http' }
  expect(isLocalOrigin('https://localhost:3000', { headers, socket: { encrypted: true } })).toBe(true)
  expect(isLocalOrigin('http://localhost:3000', { headers, socket: { encrypted: true } })).toBe(false)
})
