import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AnswerOperator } from '../../../infrastructure/operator-socket/answer.ts'
import { callOperatorSocket } from '../../../infrastructure/operator-socket/call-socket.ts'
import { type OperatorSocket, serveOperatorSocket } from '../../../infrastructure/operator-socket/serve-socket.ts'

let dataDir = ''
let open: OperatorSocket[] = []
const faults: unknown[] = []
const path = () => join(dataDir, 'operator.sock')

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-socket-'))
})
afterEach(async () => {
  await Promise.all(open.map(({ close }) => close()))
  open = []
  faults.length = 0
  rmSync(dataDir, { recursive: true })
})

const echo: AnswerOperator = async (call, input) => ({ value: { call, input } })
const serve = async (answer = echo, folder = dataDir, patience = 3_000) => {
  const socket = await serveOperatorSocket({ dataDir: folder, answer, onFault: (error) => faults.push(error), patience })
  open.push(socket)
  return socket
}

const send = (body: string, { method = 'POST', url = '/accounts.show' } = {}) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const sent = request({ socketPath: path(), path: url, method, agent: false }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    )
    sent.on('error', reject).end(body)
  })

test('a call gets its answer', async () => {
  await serve()
  expect(await callOperatorSocket(dataDir, 'accounts.show', { account: 'ä' })).toEqual(
    right({ value: { call: 'accounts.show', input: { account: 'ä' } } }),
  )
})

test('only its user may connect, whatever the folder and the umask allow', async () => {
  chmodSync(dataDir, 0o755)
  const before = process.umask(0)
  await serve().finally(() => process.umask(before))
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  expect(existsSync(join(dataDir, '.operator'))).toBe(false)
})

test('what a killed server left is replaced, and so is a file', async () => {
  const remainder = createServer().listen(path())
  await new Promise((done) => remainder.once('listening', done))
  await serve()
  expect(await callOperatorSocket(dataDir, 'hello', {})).toMatchObject(right({ value: {} }))
  rmSync(path())
  writeFileSync(path(), 'no socket')
  expect(await callOperatorSocket(dataDir, 'hello', {})).toEqual(left({ type: 'nobody_listens' }))
  await serve()
  expect(await callOperatorSocket(dataDir, 'hello', {})).toMatchObject(right({ value: {} }))
  remainder.close()
})

test('nobody listens before it is there and after it is closed', async () => {
  expect(await callOperatorSocket(dataDir, 'hello', {})).toEqual(left({ type: 'nobody_listens' }))
  const socket = await serve()
  await socket.close()
  expect(existsSync(path())).toBe(false)
  expect(await callOperatorSocket(dataDir, 'hello', {})).toEqual(left({ type: 'nobody_listens' }))
})

test('a second close leaves the socket of the next server', async () => {
  const first = await serve()
  await first.close()
  await serve()
  await first.close()
  expect(existsSync(path())).toBe(true)
})

test('a call in flight is answered before the socket is closed', async () => {
  let finish = () => {}
  const socket = await serve(
    () =>
      new Promise((resolve) => {
        finish = () => resolve({ value: 'done' })
      }),
  )
  const called = callOperatorSocket(dataDir, 'accounts.erase', {})
  while (finish.toString() === '() => {}') await new Promise(setImmediate)
  const closed = socket.close()
  finish()
  expect(await called).toEqual(right({ value: 'done' }))
  await closed
})

test('neither a connection that says nothing nor one that stops in the middle delays a stop', async () => {
  const socket = await serve(echo, dataDir, 100)
  const begun = ['', 'POST /hello HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'].map((text) => {
    const connection = connect(path()).on('error', () => {})
    connection.write(text)
    return new Promise((done) => connection.resume().once('close', done))
  })
  expect(await callOperatorSocket(dataDir, 'hello', {})).toMatchObject(right({ value: {} }))
  await socket.close()
  await Promise.all(begun)
}, 10_000)

test('a fault is answered without its text, and reported', async () => {
  await serve(async () => {
    throw new Error('ada@example.org')
  })
  const answer = await send('{}')
  expect(answer).toMatchObject({ status: 500, body: expect.not.stringContaining('ada') })
  expect(faults).toHaveLength(1)
})

test.each([
  ['no JSON', '{', {}],
  ['nothing', '', {}],
  ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]) as unknown as string, {}],
  ['another method', '{}', { method: 'PUT' }],
  ['a path with a slash', '{}', { url: '/accounts/show' }],
  ['a long name', '{}', { url: `/${'a'.repeat(65)}` }],
])('%s is malformed', async (_, body, options) => {
  await serve()
  expect(await send(body, options)).toMatchObject({ status: 400, body: expect.stringContaining('MALFORMED_REQUEST') })
})

test('a large body is refused while it comes, and the socket goes on', async () => {
  await serve()
  const refused = await send(JSON.stringify({ account: 'a'.repeat(10_000_000) })).catch((error: NodeJS.ErrnoException) => error.code)
  expect(['EPIPE', 'ECONNRESET', 413]).toContain(typeof refused === 'object' ? refused.status : refused)
  const rubbish = connect(path()).on('error', () => {})
  rubbish.write('no HTTP at all\r\n\r\n')
  await new Promise((done) => rubbish.once('close', done).resume())
  expect(await callOperatorSocket(dataDir, 'hello', {})).toMatchObject(right({ value: {} }))
})

test('a path that no socket can have is refused on both sides', async () => {
  const folder = join(dataDir, 'd'.repeat(108 - dataDir.length))
  await expect(serve(echo, folder)).rejects.toMatchObject({ code: 'ENAMETOOLONG' })
  expect(await callOperatorSocket(folder, 'hello', {})).toMatchObject(left({ type: 'path_too_long' }))
})
