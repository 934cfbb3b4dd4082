import { randomBytes } from 'node:crypto'
import { create, toBinary } from '@bufbuild/protobuf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeEnvelope } from '../../../api/sockets/frames.ts'
import { EnvelopeSchema } from '../../../api/sockets/gatebook_pb.ts'
import { until } from '../../infrastructure/cluster/node-on.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'
import { openSocket } from '../../support/sockets/socket-client.ts'

/** Frames of a client, masked with zeros, which the protocol allows. */
const frame = (opcode: number, payload: Uint8Array, { fin = 0x80, reserved = 0, mask = 0x80 } = {}) => {
  const head = payload.length < 126 ? [payload.length | mask] : [126 | mask, payload.length >> 8, payload.length & 0xff]
  return Buffer.concat([Buffer.from([fin | reserved | opcode, ...head]), Buffer.alloc(mask === 0 ? 0 : 4), payload])
}

const rawOf = (socket: object) => (socket as { readonly _socket: { write: (bytes: Uint8Array) => void; pause: () => void } })._socket

const groupsInGroups = Buffer.alloc(65_000, 0x7b)

describe('what a socket is sent', () => {
  let app: InProcess
  let ada: { accountId: string; token: string }
  beforeAll(async () => {
    app = await startTestServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
    ada = await app.register()
  })
  afterAll(() => app.stop())

  let addresses = 0
  const opened = (options = {}) => openSocket(app.url, { headers: { 'x-forwarded-for': `192.0.2.${++addresses % 250}` }, ...options })
  const authenticated = async (options = {}) => {
    const socket = await opened(options)
    await socket.authenticate(ada.accountId, ada.token)
    return socket
  }
  const accessToken = async (): Promise<string> => (await app.post('/token', {}, ada.token)).body.accessToken

  const faults: readonly (readonly [string, number, Uint8Array])[] = [
    ['a text frame', 1003, frame(1, Buffer.from('{}'))],
    ['what is no Envelope', 1007, frame(2, Buffer.from([0xff, 0xff, 0xff]))],
    ['a string that is not UTF-8', 1007, frame(2, Buffer.from([0x12, 0x03, 0x0a, 0x01, 0xff]))],
    ['groups in groups', 1007, frame(2, groupsInGroups)],
    ['a message above 64 KiB', 1009, Buffer.concat([frame(2, Buffer.alloc(65_000), { fin: 0 }), frame(0, Buffer.alloc(600))])],
    ['a frame that is not masked', 1002, frame(2, Buffer.from([1]), { mask: 0 })],
    ['a frame that is said to be compressed', 1002, frame(2, Buffer.from([1]), { reserved: 0x40 })],
    ['an unknown opcode', 1002, frame(5, Buffer.alloc(0))],
    [
      'a message in a thousand parts',
      1008,
      Buffer.concat(
        Array(1_000)
          .fill(frame(0, Buffer.from([8]), { fin: 0 }))
          .with(0, frame(2, Buffer.from([8]), { fin: 0 })),
      ),
    ],
    [
      'more messages than a client needs',
      1008,
      Buffer.concat(Array(300).fill(frame(2, writeEnvelope({ case: 'serverInfoRequest', value: {} })))),
    ],
    ['more pings than can be answered', 1006, Buffer.concat(Array(300).fill(frame(9, Buffer.alloc(100))))],
  ]
  test.each(faults)('%s closes it with %i', async (_, code, bytes) => {
    const socket = await authenticated()
    rawOf(socket.socket).write(bytes)
    expect((await socket.closed).code).toBe(code)
  })

  test('nothing closes it with 4008, five seconds after it was opened', async () => {
    const began = performance.now()
    const { closed } = await opened()
    const { code, at } = await closed
    expect(code).toBe(4008)
    expect(at - began).toBeGreaterThan(4_900)
  })

  test('anything but Authenticate first closes it with 4002', async () => {
    const socket = await opened()
    socket.send({ case: 'serverInfoRequest', value: {} })
    expect((await socket.closed).code).toBe(4002)
    expect(socket.received).toEqual([])
  })

  test('credentials that are not valid close it with 4002', async () => {
    const grace = await app.register({ email: 'grace@example.org' })
    const token = await accessToken()
    const wrong = [
      { userId: ada.accountId, sessionToken: 'x'.repeat(43) },
      { userId: ada.accountId, sessionToken: grace.token },
      { userId: '', sessionToken: ada.token },
      { userId: `${ada.accountId} `, sessionToken: ada.token },
      { userId: ada.accountId, sessionToken: ada.token, accessToken: token },
      { userId: grace.accountId, accessToken: token },
      { userId: ada.accountId },
      { accessToken: `${token.slice(0, -4)}AAAA` },
      {},
    ]
    for (const value of wrong) {
      const socket = await opened()
      socket.send({ case: 'authenticate', value })
      expect([value, (await socket.closed).code]).toEqual([value, 4002])
    }
    for (const query of ['?token=', '?token=x', `?token=${ada.token}`, `?token=${token.slice(0, -4)}AAAA`])
      expect([query, (await (await opened({ query })).closed).code]).toEqual([query, 4002])
  })

  test('a message of a newer client is answered with an Error, and what is new in one that is known is ignored', async () => {
    const socket = await authenticated()
    expect(await socket.ask({ case: undefined } as never, 'error')).toMatchObject({ code: 'UNKNOWN_MESSAGE' })
    expect(await socket.ask({ case: 'error', value: { code: 'x' } }, 'error')).toMatchObject({ code: 'UNKNOWN_MESSAGE' })
    const known = toBinary(EnvelopeSchema, create(EnvelopeSchema, { id: 77, payload: { case: 'serverInfoRequest', value: {} } }))
    socket.socket.send(Buffer.concat([known, Buffer.from([0xf8, 0x07, 0x01])]))
    expect(await socket.next('serverInfo')).toMatchObject({ apiVersion: '1' })
    await socket.close()
  })

  test('Authenticate again goes on with a newer token, of the same session only', async () => {
    const socket = await opened({ query: `?token=${await accessToken()}` })
    const first = await socket.next('authenticated')
    app.advance(240_000)
    const again = await socket.ask({ case: 'authenticate', value: { accessToken: await accessToken() } }, 'authenticated')
    expect(Number(again.expiresAt?.seconds)).toBeGreaterThanOrEqual(Number(first.expiresAt?.seconds) + 239)
    app.advance(120_000)
    await socket.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    app.advance(181_000)
    expect((await socket.closed).code).toBe(4001)
    const other = await authenticated()
    const session = await app.logIn()
    other.send({ case: 'authenticate', value: { userId: ada.accountId, sessionToken: session.token } })
    expect((await other.closed).code).toBe(4002)
  })

  test('an access token that has expired closes it with 4001, and one of a session that has ended with 4002', async () => {
    const grace = await app.register({ email: 'grace-2@example.org' })
    const token = async () => (await app.post('/token', {}, grace.token)).body.accessToken
    const expired = await token()
    app.advance(301_000)
    const ended = await token()
    await app.post('/logout', undefined, grace.token)
    for (const [query, code] of [
      [`?token=${expired}`, 4001],
      [`?token=${ended}`, 4002],
    ])
      expect((await (await opened({ query })).closed).code).toBe(code)
  })

  test('ten thousand malformed frames leave the server as it was', async () => {
    const kept = await authenticated()
    const makers = [
      () => frame(2, randomBytes(1 + Math.floor(Math.random() * 200))),
      () => frame(Math.floor(Math.random() * 16), randomBytes(20)),
      () => randomBytes(30),
      () => frame(2, Buffer.concat([Buffer.from([0x12]), randomBytes(10)])),
    ]
    const codes = new Map<number, number>()
    for (let round = 0; round < 100; round++) {
      const sockets = await Promise.all(Array.from({ length: 10 }, () => authenticated()))
      await Promise.all(
        sockets.map(async ({ socket, closed }, n) => {
          for (let sent = 0; sent < 10; sent++) rawOf(socket).write(makers[(n + sent) % makers.length]?.() as Uint8Array)
          socket.close()
          const { code } = await closed
          codes.set(code, (codes.get(code) ?? 0) + 1)
        }),
      )
    }
    expect(
      [...codes.keys()].every((code) => [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 4002].includes(code) || code < 5_000),
    ).toBe(true)
    expect(codes.get(1011)).toBeUndefined()
    await kept.ask({ case: 'serverInfoRequest', value: {} }, 'serverInfo')
    await kept.close()
    await until(async () => (await app.get('/metrics')).text.includes('gatebook_sockets 0'))
  })
})
