import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { GatebookError, type GatebookOptions, type OnRefusal, sessionOf } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { body, openEmbedded, recordedLines } from './support.ts'

const appWith = async (onRefusal: OnRefusal<GatebookError> | undefined, prepare: (app: FastifyInstance) => void = () => {}) => {
  const { logger, texts } = recordedLines()
  const { gatebook, remove } = await openEmbedded({ onRefusal, logger } satisfies GatebookOptions)
  const app = Fastify({ requestTimeout: 10_000 })
  app.addHook('onRequest', async (_request, reply) => void reply.header('set-cookie', 'seen=1; Path=/'))
  prepare(app)
  await app.register(gatebook.plugin)
  let paid = 0
  app.get('/orders', { onRequest: gatebook.guard.session }, (request) => ({ of: sessionOf(request).accountId }))
  app.get('/books', { onRequest: gatebook.guard.role('bookkeeper') }, () => ({ balance: 42 }))
  app.post('/pay', { onRequest: gatebook.guard.session }, () => ({ paid: ++paid }))
  const { token } = (await app.inject({ method: 'POST', url: '/api/1/register', payload: body('ada') })).json()
  const authorization = `Bearer ${token}`
  const close = async () => {
    await app.close()
    remove()
  }
  return { app, gatebook, token, asAda: { authorization }, texts, paid: () => paid, close }
}

/** Keeps the body back until the session has ended. */
const payLate = async ({ app, asAda }: Awaited<ReturnType<typeof appWith>>) => {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  socket.on('data', (octets) => {
    answer += octets.toString()
  })
  const fields = ['Host: localhost', `Authorization: ${asAda.authorization}`, 'Content-Type: application/json', 'Content-Length: 2']
  socket.write(`POST /pay HTTP/1.1\r\n${fields.join('\r\n')}\r\nConnection: close\r\n\r\n`)
  await pause(50)
  await app.inject({ method: 'POST', url: '/api/1/logout', headers: asAda })
  socket.write('{}')
  await once(socket, 'close')
  return answer
}

/** Node throws when it writes them, which nobody could catch once the body is here. */
const unsendable: readonly [string, object][] = [
  ['that is no text', { location: 7 }],
  ['with a space in its name', { 'x y': '1' }],
  ['without a name', { '': '1' }],
  ['that would begin another', { location: '/\r\nset-cookie: a=b' }],
  ['beyond Latin-1', { 'x-reason': '用户' }],
  ['of the connection', { 'transfer-encoding': 'chunked' }],
  ['that announces trailers', { trailer: 'x' }],
]

describe('a refusal of a guard', () => {
  test('is what the app answers, with its headers', async () => {
    const opened = await appWith(({ code, details }, { method }) => ({
      status: code === 'SESSION_REQUIRED' ? 303 : undefined,
      headers: { location: '/login', 'content-type': 'application/json' },
      body: JSON.stringify({ error: { code, details, method } }),
    }))
    const { app, asAda, close } = opened
    const nobody = await app.inject('/orders')
    expect([nobody.statusCode, nobody.json()]).toEqual([303, { error: { code: 'SESSION_REQUIRED', details: {}, method: 'GET' } }])
    expect(nobody.headers).toMatchObject({
      location: '/login',
      'www-authenticate': 'Bearer',
      'cache-control': 'no-store',
      'set-cookie': 'seen=1; Path=/',
      'content-type': expect.stringMatching(/^application\/json/),
    })
    expect((await app.inject({ url: '/books', headers: asAda })).statusCode).toBe(403)
    expect((await app.inject({ url: '/orders', headers: asAda })).statusCode).toBe(200)
    const own = await app.inject({ url: '/api/1/session' })
    expect(own.headers['content-type']).toMatch(/^application\/problem\+json/)
    await close()
  })

  test('goes to the error handler of the app, which may take its time', async () => {
    const prepare = (app: FastifyInstance) =>
      app.setErrorHandler(async (error, _request, reply) => {
        await pause(20)
        if (!(error instanceof GatebookError)) throw error
        return reply.code(error.statusCode).send({ fault: error.code, ...error.details })
      })
    const { app, asAda, close } = await appWith((refusal) => refusal, prepare)
    const nobody = await app.inject('/orders')
    expect([nobody.statusCode, nobody.json()]).toEqual([401, { fault: 'SESSION_REQUIRED' }])
    expect(nobody.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'cache-control': 'no-store', 'set-cookie': 'seen=1; Path=/' })
    expect((await app.inject({ url: '/books', headers: asAda })).json()).toEqual({ fault: 'ROLE_REQUIRED' })
    await close()
  })

  test('has the right status without an error handler, and its headers', async () => {
    const { app, close } = await appWith((refusal) => refusal)
    const nobody = await app.inject('/orders')
    expect([nobody.statusCode, nobody.json().code, nobody.headers['www-authenticate']]).toEqual([401, 'SESSION_REQUIRED', 'Bearer'])
    await close()
  })

  test('is the problem document if the app answers nothing', async () => {
    const { app, close, texts } = await appWith(() => undefined)
    const nobody = await app.inject('/orders')
    expect([nobody.statusCode, nobody.headers['content-type'], texts().filter((line) => line.startsWith('onRefusal'))]).toEqual([
      401,
      expect.stringMatching(/^application\/problem\+json/),
      [],
    ])
    await close()
  })

  const faults: [string, unknown][] = [
    [
      'throws',
      () => {
        throw new Error('ada@example.org')
      },
    ],
    ['answers later', async () => ({ body: 'x' })],
    [
      'fails later',
      async () => {
        throw new Error('x')
      },
    ],
    ['answers a number', () => 7],
    ['answers null', () => null],
    ['answers a status that is none', () => ({ status: 42 })],
    ['answers a body that is no text', () => ({ body: { a: 1 } })],
    ['never answers', () => new Promise(() => {})],
    [
      'answers a value that only fails when it is awaited',
      () => ({
        // biome-ignore lint/suspicious/noThenProperty: what a query builder is
        then: () => {
          throw new Error('x')
        },
      }),
    ],
    [
      'answers a value that cannot be read',
      () => ({
        get status() {
          throw new Error('ada@example.org')
        },
      }),
    ],
    ['answers a success', () => ({ status: 200, body: 'in' })],
    ['answers an interim status', () => ({ status: 101 })],
    ...unsendable.map(([name, headers]): [string, unknown] => [`answers a header ${name}`, () => ({ headers })]),
    ...unsendable.map(([name, headers]): [string, unknown] => [
      `answers an error with a header ${name}`,
      () => Object.assign(new Error('x'), { headers }),
    ]),
  ]
  describe('is the problem document, and a line, at once and with the last octet, if the app', () => {
    let answer: unknown
    let opened: Awaited<ReturnType<typeof appWith>>
    beforeAll(async () => {
      opened = await appWith((() => (answer as () => unknown)()) as OnRefusal<GatebookError>)
    })
    afterAll(() => opened.close())
    test.each(faults)('%s', async (_, onRefusal) => {
      const { app, paid, texts } = opened
      answer = onRefusal
      const before = texts().length
      const nobody = await app.inject({ method: 'POST', url: '/pay', payload: {} })
      expect([nobody.statusCode, nobody.json().code, paid()]).toEqual([401, 'SESSION_REQUIRED', 0])
      const { token } = (await app.inject({ method: 'POST', url: '/api/1/login', payload: body('ada') })).json()
      const late = await payLate({ ...opened, asAda: { authorization: `Bearer ${token}` } })
      expect([late.split('\r\n')[0], paid()]).toEqual(['HTTP/1.1 401 Unauthorized', 0])
      expect(late).toContain('"code":"SESSION_REQUIRED"')
      const said = texts().slice(before)
      expect(said.filter((line) => line.startsWith('onRefusal'))).toHaveLength(2)
    })
  })

  test.each(['at once', 'later'])('is answered once if the app replies %s by itself', async (when) => {
    let held: FastifyReply | undefined
    const prepare = (app: FastifyInstance) =>
      app.addHook('onRequest', async (_request, reply) => {
        held = reply
      })
    const replies = () => void held?.code(418).send('by the app')
    const opened = await appWith(() => (when === 'at once' ? replies() : void setImmediate(replies)), prepare)
    const nobody = await opened.app.inject({ method: 'POST', url: '/pay', payload: {} })
    expect([nobody.statusCode, opened.paid()]).toEqual([when === 'at once' ? 418 : 401, 0])
    const answer = await payLate(opened)
    expect([answer.split('HTTP/1.1 ').length, opened.paid()]).toEqual([2, 0])
    expect((await opened.app.inject('/api/1/settings')).statusCode).toBe(200)
    await opened.close()
  })

  test('that comes with the last octet is what the app answers too', async () => {
    const opened = await appWith(({ code }) => ({ status: 418, body: code }))
    const answer = await payLate(opened)
    expect([answer.split('\r\n')[0], answer.split('\r\n\r\n')[1], opened.paid()]).toEqual([
      "HTTP/1.1 418 I'm a Teapot",
      'SESSION_REQUIRED',
      0,
    ])
    await opened.close()
  })

  test('that comes with the last octet does not wait for an error handler, and is never skipped', async () => {
    const prepare = (app: FastifyInstance) =>
      app.setErrorHandler(async (_error, _request, reply) => {
        await pause(50)
        return reply.code(200).send('handled')
      })
    const opened = await appWith((refusal) => refusal, prepare)
    const answer = await payLate(opened)
    expect([answer.split('\r\n')[0], opened.paid()]).toEqual(['HTTP/1.1 401 Unauthorized', 0])
    expect(answer).toContain('"code":"SESSION_REQUIRED"')
    await opened.close()
  })
})
