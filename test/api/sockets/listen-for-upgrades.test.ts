import { request as ask, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listenForUpgrades } from '../../../api/sockets/listen-for-upgrades.ts'
import { socketUpgrades } from '../../../api/sockets/socket-upgrades.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

const upgrade = { connection: 'upgrade', upgrade: 'h2c' }

/** `isOld`: a Node that takes every upgrade away from the app. */
const listening = async (isOld: boolean) => {
  const server = createServer((request, response) => response.end(`${request.method} ${request.url}`))
  servers.push(server)
  const stop = listenForUpgrades(server, '/ws', socketUpgrades())
  if (isOld) Object.assign(server, { shouldUpgradeCallback: () => true })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const answered = (method: string, body?: string) =>
    new Promise((done, fail) => {
      const asked = ask({ port, method, path: '/other', headers: upgrade }, async (response) => {
        let text = ''
        for await (const part of response) text += part
        done([response.statusCode, text])
      })
      asked.on('error', fail).end(body)
    })
  return { answered, stop }
}

test.each([
  ['asks before an upgrade', false, [200, 'POST /other']],
  ['takes every upgrade', true, [400, '']],
])('a request for another path is answered as if nobody listened, by a Node that %s', async (_, isOld, posted) => {
  const { answered } = await listening(isOld)
  expect(await answered('GET')).toEqual([200, 'GET /other'])
  expect(await answered('POST', 'a body')).toEqual(posted)
})

test('a request for the socket is a plain one again when nobody listens any more', async () => {
  const { answered, stop } = await listening(false)
  stop()
  expect(await answered('GET')).toEqual([200, 'GET /other'])
})
