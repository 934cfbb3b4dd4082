import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { defineRoute } from '../../../api/http/route.ts'
import type { ServerOptions } from '../../../api/http/server.ts'
import { sampleServer } from './sample.ts'

let app: FastifyInstance
const listen = async (options: Partial<ServerOptions> = {}) => {
  app = sampleServer(options)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}
afterEach(() => app.close())

const exchange = async (port: number, text: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (octets) => {
    answer += octets.toString()
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

const head = (...fields: string[]) => ['POST /api/1/login HTTP/1.1', 'Host: localhost', 'Connection: close', ...fields, '', ''].join('\r\n')
const body = '{"email":"a","password":"b","transport":"bearer"}'
const length = `Content-Length: ${body.length}`

describe('on a real socket', () => {
  test('a body that trickles is cut', async () => {
    const answer = await exchange(
      await listen({ requestTimeout: 200 }),
      `${head('Content-Type: application/json', 'Content-Length: 100')}{"email"`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"REQUEST_TIMEOUT"/s)
  })

  test('a head that trickles is cut', async () => {
    expect(await exchange(await listen({ requestTimeout: 200 }), 'POST /api/1/login HTTP/1.1\r\nHost: local')).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('what is not HTTP gets a constant answer that repeats nothing', async () => {
    const answer = await exchange(await listen(), 'canary4711\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"MALFORMED_REQUEST"/s)
    expect(answer).not.toContain('canary4711')
  })

  test.each([
    ['an Expect that nobody knows', head('Expect: canary4711')],
    ['no Host', head().replace('Host: localhost\r\n', '')],
    ['no Host, and a route that is not there', 'GET /canary4711 HTTP/1.1\r\n\r\n'],
  ])('%s gets a constant answer that repeats nothing', async (_what, text) => {
    const answer = await exchange(await listen(), text)
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*x-content-type-options: nosniff/is)
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ code: 'MALFORMED_REQUEST' })
    expect(answer).not.toContain('canary4711')
  })

  test('HTTP/1.0 needs no Host', async () => {
    const text = head('Content-Type: application/json', length).replace('1.1', '1.0').replace('Host: localhost\r\n', '')
    expect(await exchange(await listen(), text + body)).toMatch(/^HTTP\/1\.1 (?!400)/)
  })

  test('a head that is too large is told so', async () => {
    expect(await exchange(await listen(), head(`X-Large: ${'x'.repeat(20_000)}`))).toMatch(/^HTTP\/1\.1 431 .*HEADERS_TOO_LARGE/s)
  })

  test.each([
    ['a vertical tab in it', 'Content-Type: application/json\v; charset=utf-8'],
    ['another beside it', 'Content-Type: application/json\r\nContent-Type: text/plain'],
    ['a form behind it', 'Content-Type: application/json;application/x-www-form-urlencoded'],
    ['nothing in it', 'Content-Type: '],
  ])('a content type with %s does not lead around the codec', async (_what, type) => {
    expect(await exchange(await listen(), head(type, length) + body)).toMatch(/^HTTP\/1\.1 4(00|15) /)
  })

  test('two Authorization fields are no token', async () => {
    const fields = ['Authorization: Bearer a', 'Authorization: Bearer b', 'Content-Type: application/json', 'Content-Length: 12']
    const answer = await exchange(await listen(), `${head(...fields).replace('/login', '/guarded/a')}{"note":"x"}`)
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*www-authenticate: Bearer/is)
  })

  test('what was begun is answered before the server is closed', async () => {
    let answerNow = () => {}
    let begun = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const slow = defineRoute({ method: 'GET', url: '/api/1/slow', tag: 'x', summary: 'x', responses: { 204: null } })(async () => {
      begun()
      await new Promise<void>((resolve) => {
        answerNow = resolve
      })
      return { status: 204 }
    })
    const port = await listen({ routes: [slow] })
    const answer = exchange(port, 'GET /api/1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await isBegun
    const closed = app.close()
    answerNow()
    expect(await answer).toMatch(/^HTTP\/1\.1 204 /)
    await closed
  })
})
