import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GatebookServer, startGatebook } from '../../testing/start-gatebook.ts'
import { overHttp } from '../support/server/over-http.ts'
import { problem } from '../support/server/problem.ts'

const open = async (server: GatebookServer): Promise<Socket> => {
  const { hostname, port } = new URL(server.baseUrl)
  const socket = connect(Number(port), hostname).on('error', () => {})
  await once(socket, 'connect')
  return socket
}

const head = 'POST /api/1/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n'

/** Sends a few bytes at a time until the server closes the connection. Returns its response. */
const trickle = async (socket: Socket, start: string) => {
  let answer = ''
  let ended = false
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  const end = once(socket, 'close').then(() => {
    ended = true
  })
  socket.write(start)
  while (!ended) {
    socket.write(' ')
    await Promise.race([pause(250), end])
  }
  return answer
}

describe('slow clients', () => {
  let server: GatebookServer
  beforeAll(async () => {
    server = await startGatebook()
  })
  afterAll(async () => void (await server.stop()))

  test('that trickle a body are cut off with an answer, and so are those that trickle a head', async () => {
    const sockets = await Promise.all([open(server), open(server)])
    const [body = '', heads = ''] = await Promise.all([
      trickle(sockets[0] as Socket, `${head}\r\n`),
      trickle(sockets[1] as Socket, `${head}x-slow: `),
    ])
    for (const answer of [body, heads]) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /)
      expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual(problem('REQUEST_TIMEOUT'))
    }
  })

  test('that do nothing on two hundred connections stop nobody else', async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => open(server)))
    const stalled = await Promise.all(Array.from({ length: 50 }, () => open(server)))
    for (const socket of stalled) socket.write(`${head}\r\n{`)
    const app = overHttp(server.baseUrl)
    const { token } = await app.register()
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.get('/secure/user', token)))
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200))
    for (const socket of [...idle, ...stalled]) socket.destroy()
  })
})
