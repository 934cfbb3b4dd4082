import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { builtPages, script } from './built-pages.ts'

const { open, lines, remove } = builtPages()
const counted: string[] = []
const app = open({ observeRoute: (method, route) => (status) => void counted.push(`${method} ${route} ${status}`) })
beforeAll(() => app.listen({ port: 0, host: '127.0.0.1' }))
afterAll(async () => {
  await app.close()
  remove()
})
beforeEach(() => {
  lines.length = 0
  counted.length = 0
})

/** A client library would tidy the path up. */
const get = async (path: string, ...fields: string[]) => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  const octets: Buffer[] = []
  socket.on('data', (some) => octets.push(some))
  socket.write([`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', ''].join('\r\n'))
  await once(socket, 'close')
  const [head = '', body = ''] = Buffer.concat(octets).toString().split('\r\n\r\n', 2)
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body }
}

const errorLines = () => lines.filter((line) => JSON.parse(line).level >= 50)

describe('assets on a real socket', () => {
  test.each([
    '/assets/none.js',
    '/assets/',
    '/assets/fonts',
    '/assets/fonts/',
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/x/../index-abc.js',
    '/assets//index-abc.js',
    '/assets/index-abc.js%00',
    '/assets/..%5csecret.txt',
  ])('%s is not found, and no fault of the service', async (path) => {
    const { status, head, body } = await get(path)
    expect([status, JSON.parse(body)]).toEqual([404, problem('NOT_FOUND')])
    expect(head).toContain('x-content-type-options: nosniff')
    expect(errorLines()).toEqual([])
    expect(counted).toHaveLength(1)
  })

  test.each(['If-Match: "another"', 'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'])(
    '%s is the fault of the caller',
    async (field) => {
      const { status, body } = await get('/assets/index-abc.js', field)
      expect([status, JSON.parse(body)]).toEqual([400, problem('MALFORMED_REQUEST')])
      expect(errorLines()).toEqual([])
    },
  )

  test.each(['bytes=0-3', 'bytes=99999-', 'canary'])('the range %s gets the whole file', async (range) => {
    const { status, head, body } = await get('/assets/index-abc.js', `Range: ${range}`)
    expect([status, body]).toEqual([200, script])
    expect(head).not.toContain('content-range')
  })
})

test('an asset that is missing counts once against the limit of the address', async () => {
  const limited = open({ limits: { general: 2, password: 0 } })
  const statuses = []
  for (let count = 0; count < 3; count += 1) statuses.push((await limited.inject('/assets/none.js')).statusCode)
  expect(statuses).toEqual([404, 404, 429])
  await limited.close()
})
