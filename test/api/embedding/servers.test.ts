import { once } from 'node:events'
import { connect, type SecureClientSessionOptions } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { sessionOf } from 'gatebook'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { body, openEmbedded } from './support.ts'

type Sent = { readonly method?: string; readonly payload?: object; readonly headers?: Record<string, string> }
type Received = { readonly status: number; readonly text: string; readonly cookie: string }

const json = (payload: object | undefined) => (payload === undefined ? '' : JSON.stringify(payload))

const overHttp2 = (url: string, options: SecureClientSessionOptions = {}) => {
  const session = connect(url, options)
  const send = async (path: string, { method = 'GET', payload, headers = {} }: Sent = {}): Promise<Received> => {
    const type = payload === undefined ? {} : { 'content-type': 'application/json' }
    const stream = session.request({ ':path': path, ':method': method, ...type, ...headers }, { endStream: payload === undefined })
    if (payload !== undefined) stream.end(json(payload))
    const [answer] = await once(stream, 'response')
    let text = ''
    for await (const part of stream.setEncoding('utf8')) text += part
    return { status: Number(answer[':status']), text, cookie: String(answer['set-cookie'] ?? '').split(';')[0] ?? '' }
  }
  return { send, end: () => session.close() }
}

test('over HTTP/2, calls, guards and cookies work, and the origin is that of :authority', async () => {
  const { gatebook, remove } = await openEmbedded()
  const app = Fastify({ http2: true, loggerInstance: pino({ level: 'silent' }) })
  await app.register(gatebook.plugin)
  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))
  app.post('/pay', { onRequest: gatebook.guard.session }, (request) => ({ paid: request.body, by: sessionOf(request).accountId }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const own = `http://127.0.0.1:${port}`
  const { send, end } = overHttp2(own)

  const payload = { ...body('ada'), transport: 'cookie' }
  expect((await send('/api/1/register', { method: 'POST', payload, headers: { origin: 'http://127.0.0.1:1' } })).status).toBe(403)
  const registered = await send('/api/1/register', { method: 'POST', payload, headers: { origin: own } })
  expect([registered.status, registered.cookie]).toEqual([201, expect.stringMatching(/^__Host-gatebook=./)])
  const { cookie } = registered
  const orders = await send('/orders', { headers: { cookie } })
  expect([orders.status, JSON.parse(orders.text)]).toEqual([200, { of: expect.any(String) }])
  const pay = (headers: Record<string, string>) => send('/pay', { method: 'POST', payload: { amount: 1 }, headers })
  expect(await pay({ cookie, origin: own })).toMatchObject({ status: 200 })
  expect(await pay({ cookie, origin: 'https://evil.example' })).toMatchObject({ status: 403 })
  expect(await pay({ origin: own })).toMatchObject({ status: 401 })
  expect(await send('/api/1/logout', { method: 'POST', headers: { cookie, origin: own } })).toMatchObject({ status: 204 })
  expect(await send('/orders', { headers: { cookie } })).toMatchObject({ status: 401 })
  end()
  await app.close()
  remove()
})

// A shared key, so that no certificate is needed.
const shared = { ciphers: 'PSK', maxVersion: 'TLSv1.2' as const }
const key = Buffer.alloc(32, 7)
const client = { ...shared, pskCallback: () => ({ psk: key, identity: 'test' }), checkServerIdentity: () => undefined }

test('over HTTP/2 with TLS too', async () => {
  const { gatebook, remove } = await openEmbedded()
  const app = Fastify({ http2: true, https: { ...shared, pskCallback: () => key } })
  await app.register(gatebook.plugin)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const { send, end } = overHttp2(`https://127.0.0.1:${port}`, client)
  const registerFrom = async (origin: string) =>
    (await send('/api/1/register', { method: 'POST', payload: { ...body('ada'), transport: 'cookie' }, headers: { origin } })).status
  expect([await registerFrom(`http://127.0.0.1:${port}`), await registerFrom(`https://127.0.0.1:${port}`)]).toEqual([403, 201])
  end()
  await app.close()
  remove()
})

test('over TLS, the origin of this machine is an https one', async () => {
  const { gatebook, remove } = await openEmbedded()
  const app = Fastify({ requestTimeout: 10_000, https: { ...shared, pskCallback: () => key } })
  await app.register(gatebook.plugin)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const register = async (origin: string) => {
    const headers = { 'content-type': 'application/json', host: `localhost:${port}`, origin }
    const sent = httpsRequest({ host: '127.0.0.1', port, path: '/api/1/register', method: 'POST', headers, ...client })
    sent.end(json({ ...body('ada'), transport: 'cookie' }))
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }
  expect(await register(`http://localhost:${port}`)).toBe(403)
  expect(await register(`https://localhost:${port}`)).toBe(201)
  expect(gatebook.openApi().servers).toEqual([{ url: `https://localhost:${port}` }])
  await app.close()
  remove()
})
